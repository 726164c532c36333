#!lua flags=no-writes
-- What waits in a conversation, as it stands at one moment: what is read in several steps can have been settled between.
-- KEYS 1 queue 2 items 3 customer 4 slots  ARGV 1 now 2 most items
-- Answers {turn of the open slot or '', sends of the event left, until, of the message left, until, item, item …}
local function grant(name) return redis.call('HGET', KEYS[3], name) or '0' end
local open = redis.call('ZRANGEBYSCORE', KEYS[4], ARGV[1], '+inf', 'LIMIT', 0, 1)
local answer = { open[1] or '', grant('eventLeft'), grant('eventUntil'), grant('messageLeft'), grant('messageUntil') }
for _, id in ipairs(redis.call('LRANGE', KEYS[1], 0, ARGV[2] - 1)) do
  local item = redis.call('HGET', KEYS[2], id)
  if item then answer[#answer + 1] = item end
end
return answer
