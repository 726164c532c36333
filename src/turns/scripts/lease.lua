#!lua flags=
-- Takes the lease of a conversation that has something waiting, if nobody holds it.
-- KEYS 1 meta 2 state 3 inbox 4 ready
-- ARGV 1 conversation 2 lease ms 3 schema
-- Answers as accept does, or {'free'} (nothing waits), {'held'}, {'newer'}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local head = redis.call('LINDEX', KEYS[3], 0)
if not head then
  redis.call('ZREM', KEYS[4], ARGV[1])
  return { 'free' }
end
local meta = redis.call('HMGET', KEYS[1], 'lease', 'schema', 'version', 'epoch', 'head', 'attempts', 'failures')
if tonumber(meta[1] or '0') > now then return { 'held' } end
if tonumber(meta[2] or '0') > tonumber(ARGV[3]) then return { 'newer' } end
local headId = string.match(head, '^[^\n]+')
local attempts, failures = 1, 0
if meta[5] == headId then
  attempts = tonumber(meta[6] or '0') + 1
  failures = tonumber(meta[7] or '0')
end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
redis.call('HSET', KEYS[1], 'lease', now + ARGV[2], 'head', headId, 'attempts', attempts, 'failures', failures)
redis.call('ZADD', KEYS[4], now + ARGV[2], ARGV[1])
return { 'leased', '0', tostring(fence), meta[3] or '0', meta[4] or '0', redis.call('GET', KEYS[2]) or '', head,
  tostring(attempts), tostring(failures) }
