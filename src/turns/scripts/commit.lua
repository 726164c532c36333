#!lua flags=
-- Commits one turn: everything it does becomes visible together, or nothing does.
-- KEYS 1 meta 2 state 3 inbox 4 log 5 mark 6 ready 7 due 8 timers 9 outbox 10 records 11 dead 12 places 13 ways of the day
-- ARGV 1 conversation 2 turnId 3 fence 4 version 5 epoch 6 new epoch 7 new state 8 result 9 mark ttl ms 10 lease ms
--      11 takes the next (1/0) 12 hint channel 13 schema 14 dead letter or ''
--      15 where it stands now, '-' for nowhere, '' for as before
--      then counted lists: log entries; commands; timers (id, due at, value); cancelled timer ids; records; ways
-- Answers {'committed', position, fence, next entry or ''} or {'lost', why}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local meta = redis.call('HMGET', KEYS[1], 'fence', 'version', 'epoch', 'lease', 'schema')
if meta[1] ~= ARGV[3] then return { 'lost', 'fence' } end
if (meta[2] or '0') ~= ARGV[4] then return { 'lost', 'version' } end
if (meta[3] or '0') ~= ARGV[5] then return { 'lost', 'epoch' } end
if tonumber(meta[4] or '0') <= now then return { 'lost', 'lease' } end
local head = redis.call('LINDEX', KEYS[3], 0)
if not head or string.match(head, '^[^\n]+') ~= ARGV[2] then return { 'lost', 'inbox' } end
local accepted = string.match(head, '^[^\n]+\n([^\n]+)')

local at = 16
local function list(width)
  local count, items = tonumber(ARGV[at]), {}
  at = at + 1
  for i = 1, count do
    local item = {}
    for j = 1, width do item[j] = ARGV[at + j - 1] end
    at = at + width
    items[i] = item
  end
  return items
end
local logs, commands, timers, cancelled, records, ways = list(1), list(1), list(3), list(1), list(1), list(1)

redis.call('SET', KEYS[2], ARGV[7])
-- A newer node may have accepted something meanwhile: that is left to its like.
local newer = tonumber(meta[5] or '0') > tonumber(ARGV[13])
redis.call('HSET', KEYS[1], 'version', ARGV[4] + 1, 'epoch', ARGV[6])
if not newer then redis.call('HSET', KEYS[1], 'schema', ARGV[13]) end
local position = redis.call('HGET', KEYS[1], 'position') or '0'
for _, entry in ipairs(logs) do
  position = tostring(redis.call('HINCRBY', KEYS[1], 'position', 1))
  redis.call('XADD', KEYS[4], position .. '-0', 'a', entry[1], 'v', ARGV[13])
  redis.call('XADD', KEYS[10], '*', 'c', ARGV[1], 'p', position, 'a', entry[1], 'v', ARGV[13])
end
-- 'c': there are commands; 'w': the customer waits for one of them. Quotes within a value are escaped, so this is the key.
local news = #commands > 0 and '|c' or ''
for _, command in ipairs(commands) do
  redis.call('XADD', KEYS[9], '*', 'c', ARGV[1], 'j', command[1])
  if string.find(command[1], '"replyTo":{', 1, true) then news = '|cw' end
end
for _, timer in ipairs(cancelled) do
  redis.call('ZREM', KEYS[7], ARGV[1] .. '|' .. timer[1])
  redis.call('HDEL', KEYS[8], ARGV[1] .. '|' .. timer[1])
end
for _, timer in ipairs(timers) do
  redis.call('ZADD', KEYS[7], timer[2], ARGV[1] .. '|' .. timer[1])
  redis.call('HSET', KEYS[8], ARGV[1] .. '|' .. timer[1], timer[3])
end
for i, record in ipairs(records) do
  redis.call('XADD', KEYS[10], '*', 'c', ARGV[1], 't', ARGV[2] .. ':' .. i, 'r', record[1], 'v', ARGV[13])
end
if ARGV[15] == '-' then redis.call('HDEL', KEYS[12], ARGV[1])
elseif ARGV[15] ~= '' then redis.call('HSET', KEYS[12], ARGV[1], ARGV[15]) end
for _, way in ipairs(ways) do redis.call('HINCRBY', KEYS[13], way[1], 1) end
if #ways > 0 then redis.call('EXPIRE', KEYS[13], 8 * 24 * 3600) end
if ARGV[14] ~= '' then redis.call('HSET', KEYS[11], ARGV[1] .. '|' .. ARGV[2], ARGV[14]) end
redis.call('SET', KEYS[5], 'd|' .. accepted .. '|' .. ARGV[8], 'PX', ARGV[9])
redis.call('LPOP', KEYS[3])
redis.call('PUBLISH', ARGV[12], ARGV[1] .. '|' .. position .. news)

local following = redis.call('LINDEX', KEYS[3], 0)
if not following then
  redis.call('HSET', KEYS[1], 'lease', 0)
  redis.call('ZREM', KEYS[6], ARGV[1])
  return { 'committed', position, ARGV[3], '' }
end
if ARGV[11] ~= '1' or newer then
  redis.call('HSET', KEYS[1], 'lease', 0)
  redis.call('ZADD', KEYS[6], now, ARGV[1])
  return { 'committed', position, ARGV[3], '' }
end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
redis.call('HSET', KEYS[1], 'lease', now + ARGV[10], 'head', string.match(following, '^[^\n]+'), 'attempts', 1,
  'failures', 0)
redis.call('ZADD', KEYS[6], now + ARGV[10], ARGV[1])
return { 'committed', position, tostring(fence), following }
