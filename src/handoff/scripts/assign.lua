#!lua flags=
-- Offers what waits to agents who suit: one at a time, by place in line. It only reserves; the conversation decides.
-- ARGV 1 policy as JSON: groups by lane, see assignment-policy.ts 2 the most offers to make
-- Answers {kind, conversation, agent, untilAt, …}; kinds are offered, lapsed, away.
local now = clock()
local policy = cjson.decode(ARGV[1])
local answer = {}
local function tell(kind, conversation, agent, untilAt)
  local n = #answer
  answer[n + 1], answer[n + 2], answer[n + 3], answer[n + 4] = kind, conversation, agent, whole(untilAt)
end

-- Offers that nobody took go on to the next; who lets several lapse is not there.
local lapsed = redis.call('ZRANGEBYSCORE', P .. 'holds-at', '-inf', now, 'LIMIT', 0, 100)
for _, conversation in ipairs(lapsed) do
  local agent, wasOffer = unhold(conversation, now)
  if agent and wasOffer then
    refuse(conversation, agent, now + policy.notAgainMs, now)
    tell('lapsed', conversation, agent, 0)
    local misses = redis.call('HINCRBY', P .. 'misses', agent, 1)
    if policy.awayAfterMissed > 0 and misses >= policy.awayAfterMissed
      and redis.call('HGET', P .. 'status', agent) == 'online' then
      redis.call('HSET', P .. 'status', agent, 'away')
      redis.call('HSET', P .. 'why', agent, policy.missed)
      redis.call('HDEL', P .. 'misses', agent)
      for group in pairs(recordOf(agent).groups) do redis.call('ZREM', P .. 'duty:' .. group, agent) end
      placeAgent(agent, now)
      tell('away', '', agent, 0)
    end
  end
end

-- The lanes in which somebody waits and somebody is free, with the first of each, in one line.
local waiting = {}
for _, lane in ipairs(redis.call('SMEMBERS', P .. 'known-lanes')) do
  local group, language = string.match(lane, '^(.*)|(.*)$')
  local reach = policy.groups[group] or policy.groups[policy.defaultGroup]
  local isAnyFree = false
  if reach.mode == 'automatic' then
    for _, each in ipairs(reach.reach) do
      if redis.call('EXISTS', P .. 'idle:' .. each.group .. '|' .. language) == 1 then isAnyFree = true end
    end
  end
  if isAnyFree then
    local head = redis.call('ZRANGE', P .. 'open:' .. lane, 0, 199, 'WITHSCORES')
    for i = 1, #head, 2 do
      waiting[#waiting + 1] = { id = head[i], score = tonumber(head[i + 1]), reach = reach.reach, language = language }
    end
  end
end
table.sort(waiting, function(a, b)
  if a.score ~= b.score then return a.score < b.score end
  return a.id < b.id
end)

-- A bound on how long the others wait for this script.
local looks = 4000
local function suits(agent, one, item)
  looks = looks - 1
  if item.avoidAgentId == agent and now < item.since + policy.notAgainMs then return false end
  local no = redis.call('HGET', P .. 'no:' .. one.id, agent)
  if no and tonumber(no) > now then return false end
  local record = recordOf(agent)
  if record and mayBeOffered(agent, record, now) then return true end
  placeAgent(agent, now)
  return false
end

-- The groups that are asked by now, own one first.
local function lanesOf(one, item)
  local lanes = {}
  for _, each in ipairs(one.reach) do
    -- The own group is asked whatever a node's clock says.
    if each.afterMs == 0 or item.since + each.afterMs <= now then lanes[#lanes + 1] = P .. 'idle:' .. each.group .. '|' .. one.language end
  end
  return lanes
end

local function pick(one, item)
  local wanted = item.wantedAgentId
  if type(wanted) == 'string' then
    local record = recordOf(wanted)
    if record and suits(wanted, one, item) then return wanted end
    if now < item.since + policy.wantedMs then return nil end
  end
  local lanes = lanesOf(one, item)
  local last = item.lastAgentId
  if type(last) == 'string' then
    for _, lane in ipairs(lanes) do
      if redis.call('ZSCORE', lane, last) and suits(last, one, item) then return last end
    end
  end
  for _, lane in ipairs(lanes) do
    for _, agent in ipairs(redis.call('ZRANGE', lane, 0, 49)) do
      if suits(agent, one, item) then return agent end
    end
  end
  return nil
end

local left = tonumber(ARGV[2])
for _, one in ipairs(waiting) do
  if left == 0 or looks <= 0 then break end
  local json = redis.call('HGET', P .. 'items', one.id)
  local agent = json and pick(one, cjson.decode(json))
  if agent then
    local untilAt = now + policy.reserveMs
    hold(one.id, agent, untilAt)
    redis.call('SADD', P .. 'offers:' .. agent, one.id)
    redis.call('HSET', P .. 'assigned', agent, whole(now))
    placeAgent(agent, now)
    tell('offered', one.id, agent, untilAt)
    left = left - 1
  end
end
return answer
