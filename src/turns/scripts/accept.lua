#!lua flags=
-- Accepts one activity: dedupe mark, limits, log, inbox and the try for the lease, as one step.
-- KEYS 1 meta 2 state 3 inbox 4 log 5 mark 6 ready 7 records 8 rate 9 due 10 timers
-- ARGV 1 conversation 2 turnId 3 entry 4 log entry or '' 5 lease ms 6 inbox limit 7 rate limit (0: none)
--      8 mark ttl ms 9 records limit 10 schema 11 timer id or '' 12 hint channel 13 wants lease (1/0) 14 limited (1/0)
--      15 channel or '' 16 due time of the timer
-- The field schema of meta is the newest schema of anything stored here; nodes of an older one leave it alone.
-- Answers {status, position, fence, version, epoch, state, head, attempts, failures}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local timer = ARGV[1] .. '|' .. ARGV[11]
if ARGV[11] ~= '' then
  -- Since it was found due a commit may have cancelled it, or set it to another time: then it does not fire.
  local due = redis.call('ZSCORE', KEYS[9], timer)
  if not due or tonumber(due) ~= tonumber(ARGV[16]) then return { 'duplicate', 'p|0' } end
end
local function dropTimer()
  if ARGV[11] == '' then return end
  redis.call('ZREM', KEYS[9], timer)
  redis.call('HDEL', KEYS[10], timer)
end

local mark = redis.call('GET', KEYS[5])
if mark then
  dropTimer()
  return { 'duplicate', mark }
end

if ARGV[14] == '1' then
  if redis.call('LLEN', KEYS[3]) >= tonumber(ARGV[6]) then return { 'busy', 'inbox', '2' } end
  local rate = tonumber(ARGV[7])
  if rate > 0 and tonumber(redis.call('GET', KEYS[8]) or '0') >= rate then
    return { 'busy', 'rate', tostring(math.max(1, math.ceil(redis.call('PTTL', KEYS[8]) / 1000))) }
  end
  if redis.call('XLEN', KEYS[7]) >= tonumber(ARGV[9]) then return { 'busy', 'records', '5' } end
end

local position = '0'
if ARGV[4] ~= '' then
  position = tostring(redis.call('HINCRBY', KEYS[1], 'position', 1))
  redis.call('XADD', KEYS[4], position .. '-0', 'a', ARGV[4], 'v', ARGV[10])
  redis.call('XADD', KEYS[7], '*', 'c', ARGV[1], 'p', position, 'a', ARGV[4], 'v', ARGV[10])
end
redis.call('SET', KEYS[5], 'p|' .. position, 'PX', ARGV[8])
redis.call('RPUSH', KEYS[3], ARGV[2] .. '\n' .. position .. '\n' .. ARGV[3])
redis.call('HSET', KEYS[1], 'at', now)
if ARGV[15] ~= '' then redis.call('HSETNX', KEYS[1], 'channel', ARGV[15]) end
if ARGV[14] == '1' and ARGV[7] ~= '0' then
  if redis.call('INCR', KEYS[8]) == 1 then redis.call('PEXPIRE', KEYS[8], 60000) end
end
dropTimer()
local meta = redis.call('HMGET', KEYS[1], 'lease', 'schema', 'version', 'epoch', 'head', 'attempts', 'failures')
local leasedUntil = tonumber(meta[1] or '0')
local stored = tonumber(meta[2] or '0')
local newer = stored > tonumber(ARGV[10])
if stored < tonumber(ARGV[10]) then redis.call('HSET', KEYS[1], 'schema', ARGV[10]) end
local waiting = redis.call('ZSCORE', KEYS[6], ARGV[1])
if leasedUntil > now or newer or ARGV[13] ~= '1' or (waiting and tonumber(waiting) > now) then
  if not waiting then redis.call('ZADD', KEYS[6], now, ARGV[1]) end
  -- A turn that begins at once announces itself at its commit; this one may wait, so its words are announced now.
  if position ~= '0' then redis.call('PUBLISH', ARGV[12], ARGV[1] .. '|' .. position) end
  return { 'accepted', position }
end

local head = redis.call('LINDEX', KEYS[3], 0)
local headId = string.match(head, '^[^\n]+')
local attempts, failures = 1, 0
if meta[5] == headId then
  attempts = tonumber(meta[6] or '0') + 1
  failures = tonumber(meta[7] or '0')
end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
redis.call('HSET', KEYS[1], 'lease', now + ARGV[5], 'head', headId, 'attempts', attempts, 'failures', failures)
redis.call('ZADD', KEYS[6], now + ARGV[5], ARGV[1])
return { 'leased', position, tostring(fence), meta[3] or '0', meta[4] or '0', redis.call('GET', KEYS[2]) or '', head,
  tostring(attempts), tostring(failures) }
