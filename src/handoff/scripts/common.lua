-- What the scripts of the agents' queue share. KEYS 1 is the beginning of every key; ONLINE comes from agent-queue.ts.
local P = KEYS[1]

local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function whole(n) return string.format('%.0f', n) end

-- Who said nothing yet works on the queue as soon as they are there; leads say so first.
local function isOnDuty(agent)
  local status = redis.call('HGET', P .. 'status', agent)
  return not status or status == 'online' or status == 'busy'
end

local function isThere(agent, now)
  return tonumber(redis.call('ZSCORE', P .. 'seen', agent) or '0') > now - ONLINE
end

local function recordOf(agent)
  local json = redis.call('HGET', P .. 'agents', agent)
  return json and cjson.decode(json) or nil
end

-- Conversations that an agent has, and those that are offered to them.
local function loadOf(agent)
  return redis.call('SCARD', P .. 'has:' .. agent) + redis.call('SCARD', P .. 'offers:' .. agent)
end

-- What time alone changes: everything else is kept by placeAgent.
local function isReachable(agent, now)
  local closesAt = redis.call('HGET', P .. 'closes', agent)
  return isThere(agent, now) and not (closesAt and tonumber(closesAt) <= now)
end

local function mayBeOffered(agent, record, now)
  return redis.call('HGET', P .. 'status', agent) == 'online'
    and isReachable(agent, now) and loadOf(agent) < record.capacity
end

-- Puts an agent where assignment finds them, or takes them away. The least loaded first, then the more versed, then
-- who was given nothing for longest.
local function placeAgent(agent, now)
  local record = recordOf(agent)
  if not record then return end
  local free = mayBeOffered(agent, record, now)
  local share = math.floor(loadOf(agent) * 1000 / record.capacity) * 10
  local last = tonumber(redis.call('HGET', P .. 'assigned', agent) or '0') / 1e13
  for _, lane in ipairs(record.lanes) do
    local key = P .. 'idle:' .. lane.name
    if free then redis.call('ZADD', key, share + (3 - lane.level) + last, agent)
    else redis.call('ZREM', key, agent) end
  end
end

-- Notes whom a conversation counts for from an epoch on ('' nobody); what is older changes nothing.
local function noteOwner(conversation, epoch, agent, now)
  local before = redis.call('HGET', P .. 'owners', conversation)
  if before then
    local known, was = string.match(before, '^(%d+)|(.*)$')
    if tonumber(known) > epoch then return end
    if was ~= agent then
      redis.call('SREM', P .. 'has:' .. was, conversation)
      if redis.call('SCARD', P .. 'has:' .. was) == 0 then redis.call('SREM', P .. 'working', was) end
      placeAgent(was, now)
    end
  end
  if agent == '' then redis.call('HDEL', P .. 'owners', conversation) return end
  redis.call('HSET', P .. 'owners', conversation, whole(epoch) .. '|' .. agent)
  redis.call('SADD', P .. 'has:' .. agent, conversation)
  redis.call('SADD', P .. 'working', agent)
  redis.call('HDEL', P .. 'misses', agent)
  placeAgent(agent, now)
end

-- Lets a hold go: the conversation can be offered again. Answers whose it was, and whether it was an offer.
local function unhold(conversation, now)
  local hold = redis.call('HGET', P .. 'holds', conversation)
  if not hold then return nil, false end
  local agent = string.match(hold, '^%d+|(.*)$')
  redis.call('HDEL', P .. 'holds', conversation)
  redis.call('ZREM', P .. 'holds-at', conversation)
  local wasOffer = redis.call('SREM', P .. 'offers:' .. agent, conversation) == 1
  local lane = redis.call('HGET', P .. 'lanes', conversation)
  local score = redis.call('ZSCORE', P .. 'order', conversation)
  if lane and score then redis.call('ZADD', P .. 'open:' .. lane, score, conversation) end
  if wasOffer then placeAgent(agent, now) end
  return agent, wasOffer
end

local function hold(conversation, agent, untilAt)
  redis.call('HSET', P .. 'holds', conversation, whole(untilAt) .. '|' .. agent)
  redis.call('ZADD', P .. 'holds-at', untilAt, conversation)
  local lane = redis.call('HGET', P .. 'lanes', conversation)
  if lane then redis.call('ZREM', P .. 'open:' .. lane, conversation) end
end

-- For a while an agent is not offered a conversation again.
local function refuse(conversation, agent, untilAt, now)
  local key = P .. 'no:' .. conversation
  redis.call('HSET', key, agent, whole(untilAt))
  redis.call('PEXPIRE', key, math.max(1, untilAt - now))
end

-- Takes a conversation out of every line that it stands in.
local function leaveLines(conversation, now)
  unhold(conversation, now)
  local lane = redis.call('HGET', P .. 'lanes', conversation)
  if not lane then return nil end
  local group = string.match(lane, '^(.*)|')
  redis.call('ZREM', P .. 'open:' .. lane, conversation)
  redis.call('ZREM', P .. 'wait:' .. group, conversation)
  redis.call('HDEL', P .. 'lanes', conversation)
  return group
end
