#!lua flags=
-- The lines of some groups: for each {on duty, waiting, served lately, since when that was counted, the first in line}.
-- ARGV 1 how long it is remembered who was served, ms 2 how many of a line 3… groups
local now = clock()
local answer = {}
for i = 3, #ARGV do
  local group = ARGV[i]
  local served = P .. 'served:' .. group
  local since = now - tonumber(ARGV[1])
  local first = redis.call('ZRANGEBYSCORE', served, whole(since), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  answer[#answer + 1] = {
    tostring(redis.call('ZCOUNT', P .. 'duty:' .. group, '(' .. whole(now - ONLINE), '+inf')),
    tostring(redis.call('ZCARD', P .. 'wait:' .. group)),
    tostring(redis.call('ZCOUNT', served, whole(since), '+inf')),
    first[2] and whole(now - tonumber(first[2])) or '0',
    redis.call('ZRANGE', P .. 'wait:' .. group, 0, tonumber(ARGV[2]) - 1),
  }
end
return answer
