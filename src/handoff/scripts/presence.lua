#!lua flags=
-- Notes a sign of an agent, or (without one) answers who is on duty.
-- ARGV 1 sign: '' | seen | alive | gone | record | online | busy | away | break 2 agent 3 record, or '' 4 reason, or ''
-- 5 '1' when somebody else says it, which is no sign of life
local now = clock()
local sign, agent = ARGV[1], ARGV[2]
if sign == '' then
  redis.call('ZREMRANGEBYSCORE', P .. 'seen', '-inf', now - 86400000)
  local on = {}
  for _, each in ipairs(redis.call('ZRANGEBYSCORE', P .. 'seen', '(' .. whole(now - ONLINE), '+inf')) do
    if isOnDuty(each) then on[#on + 1] = each end
  end
  return on
end
local before = recordOf(agent)
if sign == 'record' and not before then return {} end
if ARGV[3] ~= '' then
  if before then
    for _, lane in ipairs(before.lanes) do redis.call('ZREM', P .. 'idle:' .. lane.name, agent) end
    for group in pairs(before.groups) do redis.call('ZREM', P .. 'duty:' .. group, agent) end
  end
  redis.call('ZREM', P .. 'duty:*', agent)
  redis.call('HSET', P .. 'agents', agent, ARGV[3])
  local closesAt = cjson.decode(ARGV[3]).closesAt
  if type(closesAt) == 'number' then redis.call('HSET', P .. 'closes', agent, whole(closesAt))
  else redis.call('HDEL', P .. 'closes', agent) end
end
if sign == 'alive' then redis.call('HSETNX', P .. 'status', agent, 'away')
elseif sign ~= 'seen' and sign ~= 'gone' and sign ~= 'record' then
  redis.call('HSET', P .. 'status', agent, sign)
  redis.call('HDEL', P .. 'misses', agent)
  if ARGV[4] == '' then redis.call('HDEL', P .. 'why', agent)
  else redis.call('HSET', P .. 'why', agent, ARGV[4]) end
end
if sign == 'gone' then redis.call('ZREM', P .. 'seen', agent)
elseif sign ~= 'record' and ARGV[5] ~= '1' then redis.call('ZADD', P .. 'seen', now, agent) end
local record = recordOf(agent)
local on = isOnDuty(agent)
local seen = redis.call('ZSCORE', P .. 'seen', agent)
for group in pairs(record and record.groups or { ['*'] = 1 }) do
  if on and seen then redis.call('ZADD', P .. 'duty:' .. group, seen, agent)
  else redis.call('ZREM', P .. 'duty:' .. group, agent) end
end
placeAgent(agent, now)
return {}
