#!lua flags=
-- Removes a field whose value is still the one that was read.
-- KEYS 1 hash
-- ARGV 1 field 2 value
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])
