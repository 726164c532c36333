#!lua flags=
-- The head of the queue as one picture: {now, item, holder or '', item, holder or '', …}
-- KEYS 1 order 2 items 3 holds
-- ARGV 1 limit
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = { tostring(now) }
for _, conversation in ipairs(redis.call('ZRANGE', KEYS[1], 0, tonumber(ARGV[1]) - 1)) do
  local hold = redis.call('HGET', KEYS[3], conversation) or '0|'
  local untilAt, agent = string.match(hold, '^(%d+)|(.*)$')
  answer[#answer + 1] = redis.call('HGET', KEYS[2], conversation)
  answer[#answer + 1] = tonumber(untilAt) > now and agent or ''
end
return answer
