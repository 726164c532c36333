#!lua flags=
-- Agents as they are: {id, record, status or '', reason or '', there 1|0, load, …}; of one, or of all who said something.
-- ARGV 1 agent, or ''
local now = clock()
local answer = {}

local function tell(agent)
  local n = #answer
  answer[n + 1] = agent
  answer[n + 2] = redis.call('HGET', P .. 'agents', agent) or ''
  answer[n + 3] = redis.call('HGET', P .. 'status', agent) or ''
  answer[n + 4] = redis.call('HGET', P .. 'why', agent) or ''
  answer[n + 5] = isThere(agent, now) and '1' or '0'
  answer[n + 6] = tostring(loadOf(agent))
end

local function forget(agent)
  for _, lane in ipairs(recordOf(agent).lanes) do redis.call('ZREM', P .. 'idle:' .. lane.name, agent) end
  for _, kept in ipairs({ 'agents', 'status', 'why', 'closes', 'assigned', 'misses' }) do
    redis.call('HDEL', P .. kept, agent)
  end
end

if ARGV[1] ~= '' then tell(ARGV[1]) return answer end
for _, agent in ipairs(redis.call('HKEYS', P .. 'agents')) do
  -- Of whom nothing was heard for a day (presence.lua drops the sign) nothing is kept.
  if redis.call('ZSCORE', P .. 'seen', agent) or loadOf(agent) > 0 then tell(agent) else forget(agent) end
end
return answer
