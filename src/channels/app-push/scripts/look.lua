#!lua flags=no-writes
-- What is known of a conversation at one moment.
-- KEYS 1 record 2 reader  Answers {fence, revision, read, reader is here (1/0), record or ''}
return { redis.call('HGET', KEYS[1], 'fence') or '0', redis.call('HGET', KEYS[1], 'revision') or '0',
  redis.call('HGET', KEYS[1], 'read') or '0', tostring(redis.call('EXISTS', KEYS[2])),
  redis.call('HGET', KEYS[1], 'record') or '' }
