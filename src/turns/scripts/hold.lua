#!lua flags=allow-oom
-- Takes or keeps a shard's worker lock, in a full Redis too: only the work on the shard sets memory free.
-- KEYS 1 worker  ARGV 1 node 2 ttl ms 3 release (1/0)
local holder = redis.call('GET', KEYS[1])
if ARGV[3] == '1' then
  if holder == ARGV[1] then redis.call('DEL', KEYS[1]) end
  return { '0' }
end
if holder and holder ~= ARGV[1] then return { '0' } end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return { '1' }
