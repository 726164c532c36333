/** Notes of agents among themselves and what they say often, with a few replies to begin with. Never edited once released. */
export const DESK_TABLES = `
  CREATE TABLE conversation_notes (
    id text PRIMARY KEY,
    conversation_id text NOT NULL,
    at bigint NOT NULL,
    account_id text NOT NULL,
    text text NOT NULL,
    mentions text[] NOT NULL DEFAULT '{}'
  );
  CREATE INDEX conversation_notes_by_time ON conversation_notes (conversation_id, at);
  CREATE INDEX conversation_notes_mentions ON conversation_notes USING gin (mentions);
  CREATE TABLE canned_replies (
    id text PRIMARY KEY,
    account_id text,
    shortcut text NOT NULL,
    text_zh text NOT NULL,
    text_en text NOT NULL,
    updated_at bigint NOT NULL,
    updated_by text
  );
  CREATE UNIQUE INDEX canned_replies_by_shortcut ON canned_replies (coalesce(account_id, ''), shortcut);
  INSERT INTO canned_replies (id, account_id, shortcut, text_zh, text_en, updated_at) VALUES
    ('team-hello', NULL, 'hello', '{{customer}}您好，我是{{agent}}。前面的记录我都看过了，您不用重说。',
      'Hello {{customer}}, this is {{agent}}. I have read what was said so far, so there is no need to repeat it.', 0),
    ('team-look', NULL, 'look', '我现在去查，2 分钟内回您。', 'I am looking into it now and will answer within 2 minutes.', 0),
    ('team-order', NULL, 'order', '您的单号是 {{order}}，最晚 {{promise}} 前处理好。',
      'Your order is {{order}}. It will be done by {{promise}}.', 0),
    ('team-solved', NULL, 'solved', '请您试一下，现在好了吗？', 'Could you try it now? Does it work?', 0),
    ('team-bye', NULL, 'bye', '这件事办好了。以后有问题，在这里说一声就行。',
      'This is done. If anything comes up, just write here.', 0);
  `;
