#!lua flags=
-- Holds a conversation of the queue for one agent, for a while; an offer to the same agent is prolonged.
-- ARGV 1 conversation 2 agent 3 how long, ms
local now = clock()
local conversation, agent = ARGV[1], ARGV[2]
if not redis.call('ZSCORE', P .. 'order', conversation) then return 'gone' end
local held = redis.call('HGET', P .. 'holds', conversation)
if held then
  local untilAt, holder = string.match(held, '^(%d+)|(.*)$')
  if holder ~= agent then
    if tonumber(untilAt) > now then return 'taken' end
    unhold(conversation, now)
  end
end
hold(conversation, agent, now + tonumber(ARGV[3]))
return 'reserved'
