#!lua flags=
-- Takes tokens and money from the budgets of a day and of a conversation, or nothing when one would be exceeded.
-- KEYS 1 day 2 conversation
-- ARGV 1 tokens 2 money 3 tokens of a day 4 money of a day 5 tokens of a conversation 6 money of a conversation (0: no limit) 7 ttl, ms
local function exceeds(key, field, amount, limit)
  limit = tonumber(limit)
  return limit > 0 and tonumber(redis.call('HGET', key, field) or '0') + tonumber(amount) > limit
end
if exceeds(KEYS[1], 'tokens', ARGV[1], ARGV[3]) or exceeds(KEYS[1], 'money', ARGV[2], ARGV[4]) then return 'day-budget' end
if exceeds(KEYS[2], 'tokens', ARGV[1], ARGV[5]) or exceeds(KEYS[2], 'money', ARGV[2], ARGV[6]) then return 'conversation-budget' end
for _, key in ipairs(KEYS) do
  redis.call('HINCRBY', key, 'tokens', ARGV[1])
  redis.call('HINCRBY', key, 'money', ARGV[2])
  redis.call('PEXPIRE', key, ARGV[7])
end
return 'reserved'
