#!lua flags=
-- Notes one delivery of WeChat's before its activity is accepted: the sends that it allows, once however often it
-- comes, and the slot for its passive reply.
-- KEYS 1 customer 2 slot 3 slots 4 queue
-- ARGV 1 turn 2 now 3 kind of grant or '' 4 sends 5 until 6 slot's end, or 0 for none 7 encrypted (1/0) 8 id of the account 9 ttl ms
-- Answers {tries, stored answer or '', parts that wait}
if redis.call('HSETNX', KEYS[2], 'at', ARGV[2]) == 1 and ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], ARGV[3] .. 'Left', ARGV[4], ARGV[3] .. 'Until', ARGV[5])
  redis.call('PEXPIRE', KEYS[1], 5184000000)
end
local tries = redis.call('HINCRBY', KEYS[2], 'tries', 1)
redis.call('PEXPIRE', KEYS[2], ARGV[9])
local answer = redis.call('HGET', KEYS[2], 'answer')
if not answer then
  redis.call('HSET', KEYS[2], 'encrypted', ARGV[7], 'account', ARGV[8])
  if ARGV[6] ~= '0' then
    redis.call('ZADD', KEYS[3], ARGV[6], ARGV[1])
    redis.call('PEXPIRE', KEYS[3], ARGV[9])
  end
end
return { tostring(tries), answer or '', tostring(redis.call('LLEN', KEYS[4])) }
