#!lua flags=
-- A stream has closed: unless another has taken its place, what waits is looked at again at a time.
-- KEYS 1 record 2 due 3 reader  ARGV 1 conversation 2 reader 3 look at
if redis.call('GET', KEYS[3]) ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[3])
if redis.call('HGET', KEYS[1], 'open') == '1' then redis.call('ZADD', KEYS[2], 'LT', ARGV[3], ARGV[1]) end
return 1
