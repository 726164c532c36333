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

-- A lane in which somebody waits, read from its head in small pieces. Those that find nobody are passed over.
local PIECE = 10
local function headOf(lane)
  if lane.at > #lane.piece then
    lane.piece = redis.call('ZRANGE', P .. 'open:' .. lane.name, lane.passed, lane.passed + PIECE - 1, 'WITHSCORES')
    lane.at = 1
  end
  return lane.piece[lane.at], tonumber(lane.piece[lane.at + 1])
end

local function isAnyFree(lane)
  for _, each in ipairs(lane.reach) do
    if redis.call('EXISTS', P .. 'idle:' .. each.group .. '|' .. lane.language) == 1 then return true end
  end
  return false
end

local lanes = {}
for _, name in ipairs(redis.call('SMEMBERS', P .. 'known-lanes')) do
  local group, language = string.match(name, '^(.*)|(.*)$')
  local config = policy.groups[group] or policy.groups[policy.defaultGroup]
  if config.mode == 'automatic' then
    lanes[#lanes + 1] = { name = name, language = language, reach = config.reach, passed = 0, at = 1, piece = {} }
  end
end

-- The lane whose head is first in line, of those that somebody is free for.
local function nextLane()
  local best, bestScore
  for _, lane in ipairs(lanes) do
    local head, score = headOf(lane)
    if head and (not best or score < bestScore) and isAnyFree(lane) then best, bestScore = lane, score end
  end
  return best
end

-- A bound on how long the others wait for this script.
local looks = 1000
local function suits(agent, one, item)
  looks = looks - 1
  if item.avoidAgentId == agent and now < item.since + policy.notAgainMs then return false end
  local no = redis.call('HGET', P .. 'no:' .. one.id, agent)
  if no and tonumber(no) > now then return false end
  if isReachable(agent, now) then return true end
  placeAgent(agent, now)
  return false
end

-- The groups that are asked by now, own one first.
local function askedLanes(one, item)
  local asked = {}
  for _, each in ipairs(one.reach) do
    -- The own group is asked whatever a node's clock says.
    if each.afterMs == 0 or item.since + each.afterMs <= now then
      asked[#asked + 1] = P .. 'idle:' .. each.group .. '|' .. one.language
    end
  end
  return asked
end

local function pick(one, item)
  local wanted = item.wantedAgentId
  if type(wanted) == 'string' then
    local record = recordOf(wanted)
    if record and mayBeOffered(wanted, record, now) and suits(wanted, one, item) then return wanted end
    if now < item.since + policy.wantedMs then return nil end
  end
  local asked = askedLanes(one, item)
  local last = item.lastAgentId
  if type(last) == 'string' then
    for _, lane in ipairs(asked) do
      if redis.call('ZSCORE', lane, last) and suits(last, one, item) then return last end
    end
  end
  for _, lane in ipairs(asked) do
    for _, agent in ipairs(redis.call('ZRANGE', lane, 0, 19)) do
      if suits(agent, one, item) then return agent end
    end
  end
  return nil
end

local left = tonumber(ARGV[2])
while left > 0 and looks > 0 do
  local lane = nextLane()
  if not lane then break end
  looks = looks - 1
  local one = { id = lane.piece[lane.at], reach = lane.reach, language = lane.language }
  lane.at = lane.at + 2
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
  else lane.passed = lane.passed + 1 end
end
return answer
