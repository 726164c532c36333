#!lua flags=
-- Notes the sends that a contact of the customer's allows, once however often it is fetched.
-- KEYS 1 customer 2 mark of the contact 3 queue
-- ARGV 1 kind of grant 2 sends 3 until 4 code of a welcome or '' 5 ttl of the mark in ms
-- Answers how many parts wait
if redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[5]) then
  local ends = tonumber(redis.call('HGET', KEYS[1], ARGV[1] .. 'Until') or '0')
  if tonumber(ARGV[3]) >= ends then
    redis.call('HSET', KEYS[1], ARGV[1] .. 'Left', ARGV[2], ARGV[1] .. 'Until', ARGV[3])
    if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'code', ARGV[4]) end
    redis.call('PEXPIRE', KEYS[1], 5184000000)
  end
end
return redis.call('LLEN', KEYS[3])
