#!lua flags=allow-oom
-- Moves a stream entry that can never be worked off to the dead letters, so that it blocks nothing behind it.
-- KEYS 1 stream 2 dead  ARGV 1 stream id 2 field 3 dead letter
-- Answers whether it was still there (1/0)
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then return { '0' } end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return { '1' }
