#!lua flags=
-- Puts a buried entry back at the end of its stream, once however often it is asked for.
-- KEYS 1 stream 2 dead  ARGV 1 field, then names and values of the stream entry
-- Answers whether there was such a dead letter (1/0)
if redis.call('HDEL', KEYS[2], ARGV[1]) == 0 then return { '0' } end
redis.call('XADD', KEYS[1], '*', unpack(ARGV, 2))
return { '1' }
