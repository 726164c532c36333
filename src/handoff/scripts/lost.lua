#!lua flags=
-- Agents who have conversations and of whom nothing was heard for longer than the grace:
-- {agent, conversation, epoch, …}
-- ARGV 1 grace, ms
local now = clock()
local answer = {}
for _, agent in ipairs(redis.call('SMEMBERS', P .. 'working')) do
  if isThere(agent, now) then redis.call('ZREM', P .. 'lost', agent)
  else
    redis.call('ZADD', P .. 'lost', 'NX', now, agent)
    if tonumber(redis.call('ZSCORE', P .. 'lost', agent)) + tonumber(ARGV[1]) <= now then
      for _, conversation in ipairs(redis.call('SMEMBERS', P .. 'has:' .. agent)) do
        local owner = redis.call('HGET', P .. 'owners', conversation)
        local n = #answer
        answer[n + 1], answer[n + 2] = agent, conversation
        answer[n + 3] = string.match(owner or '0|', '^(%d+)|')
      end
    end
  end
end
return answer
