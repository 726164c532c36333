#!lua flags=
-- Puts the parts of a reply into the conversation's queue, once however often it is asked for.
-- KEYS 1 queue 2 items  ARGV id and item, for each part
for i = 1, #ARGV, 2 do
  if redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1]) == 1 then redis.call('RPUSH', KEYS[1], ARGV[i]) end
end
redis.call('PEXPIRE', KEYS[2], 5184000000)
redis.call('PEXPIRE', KEYS[1], 5184000000)
return 1
