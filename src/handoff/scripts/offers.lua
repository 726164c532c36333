#!lua flags=
-- What is offered to an agent: {now, untilAt, item, untilAt, item, …}
-- ARGV 1 agent
local now = clock()
local answer = { whole(now) }
for _, conversation in ipairs(redis.call('SMEMBERS', P .. 'offers:' .. ARGV[1])) do
  local held = redis.call('HGET', P .. 'holds', conversation)
  local untilAt, agent = string.match(held or '0|', '^(%d+)|(.*)$')
  local item = redis.call('HGET', P .. 'items', conversation)
  if item and agent == ARGV[1] and tonumber(untilAt) > now then
    answer[#answer + 1] = untilAt
    answer[#answer + 1] = item
  end
end
return answer
