#!lua flags=
-- Moves items on, all or none: each must still be as it was read. Validates first, writes last.
-- KEYS 1 queue 2 items 3 customer 4 slots 5 slot 6 due 7 records 8 settled
-- ARGV 1 what else to do, as JSON 2 conversation 3 schema, then id, item as read and new item, for each
--   now; take: uses up one send, of a kind when it is named; refund: gives one of that grant back; empty: no sends are
--   left; shut: nor a window
--   turn, answer: claims the slot of that turn; settle: the items leave the queue; dueAt: looked at again then
--   facts: list of {id, fact}
-- Answers {'ok', grant taken or ''}, {'changed'}, {'closed'} (no such slot), {'quota'} or {'window'}
local ops = cjson.decode(ARGV[1])
for i = 4, #ARGV, 3 do
  if redis.call('HGET', KEYS[2], ARGV[i]) ~= ARGV[i + 1] then return { 'changed' } end
end
if ops.turn and not redis.call('ZSCORE', KEYS[4], ops.turn) then return { 'closed' } end

local function grantOf(kind)
  local left, ends = unpack(redis.call('HMGET', KEYS[3], kind .. 'Left', kind .. 'Until'))
  if tonumber(ends or '0') <= ops.now then return nil end
  return tonumber(left or '0')
end
local grant = ''
if ops.take then
  local event, message = grantOf('event'), grantOf('message')
  if ops.take == 'message' then event = nil elseif ops.take == 'event' then message = nil end
  -- The one that ends sooner first.
  if event and event > 0 then grant = 'event' elseif message and message > 0 then grant = 'message'
  elseif event or message then return { 'quota' } else return { 'window' } end
end

if grant ~= '' then redis.call('HINCRBY', KEYS[3], grant .. 'Left', -1) end
if ops.refund then redis.call('HINCRBY', KEYS[3], ops.refund .. 'Left', 1) end
if ops.empty then redis.call('HSET', KEYS[3], 'eventLeft', 0, 'messageLeft', 0) end
if ops.shut then redis.call('HSET', KEYS[3], 'eventUntil', 0, 'messageUntil', 0) end
local ids = {}
for i = 4, #ARGV, 3 do
  ids[#ids + 1] = ARGV[i]
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 2])
  if ops.settle then
    redis.call('LREM', KEYS[1], 1, ARGV[i])
    -- What has long been settled is in Postgres, and forgotten here.
    if redis.call('RPUSH', KEYS[8], ARGV[i]) > 500 then redis.call('HDEL', KEYS[2], redis.call('LPOP', KEYS[8])) end
    redis.call('PEXPIRE', KEYS[8], 5184000000)
  end
end
if ops.turn then
  redis.call('ZREM', KEYS[4], ops.turn)
  redis.call('HSET', KEYS[5], 'answer', ops.answer, 'ids', cjson.encode(ids))
end
if ops.dueAt then redis.call('ZADD', KEYS[6], ops.dueAt, ARGV[2]) end
for _, fact in ipairs(ops.facts or {}) do
  redis.call('XADD', KEYS[7], '*', 'c', ARGV[2], 't', fact[1], 'r', fact[2], 'v', ARGV[3])
end
return { 'ok', grant }
