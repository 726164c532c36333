#!lua flags=
-- Agents as they are: {id, record, status or '', reason or '', there 1|0, load, …}; of one, or of all who said something.
-- ARGV 1 agent, or ''
local now = clock()
local answer = {}
local ids = ARGV[1] == '' and redis.call('HKEYS', P .. 'agents') or { ARGV[1] }
for _, agent in ipairs(ids) do
  local n = #answer
  answer[n + 1] = agent
  answer[n + 2] = redis.call('HGET', P .. 'agents', agent) or ''
  answer[n + 3] = redis.call('HGET', P .. 'status', agent) or ''
  answer[n + 4] = redis.call('HGET', P .. 'why', agent) or ''
  answer[n + 5] = isThere(agent, now) and '1' or '0'
  answer[n + 6] = tostring(loadOf(agent))
end
return answer
