import { createWechatApi } from '../../../src/channels/wechat/api';
import { type Verdict, verdictOf } from '../../../src/channels/wechat/verdict';
import { testAccount } from './accounts';

/** Answers one call after the other with these codes, and keeps the token that each came with. */
function answering(...codes: number[]) {
  const used: string[] = [];
  const dropped: string[] = [];
  const left = [...codes];
  const api = createWechatApi({
    fetch: async (url) => {
      used.push(new URL(String(url)).searchParams.get('access_token') ?? '');
      return new Response(JSON.stringify({ errcode: left.shift() ?? 0, errmsg: '' }));
    },
    tokens: {
      get: async () => ({ type: 'ok', token: `token-${dropped.length + 1}` }),
      drop: async (_account, token) => void dropped.push(token),
    },
    timeoutMs: 1000,
  });
  const send = async () => verdictOf(await api.send(testAccount(), { touser: 'o', msgtype: 'text' }));
  return { send, used, dropped };
}

describe('every error code of the protocol sheet', () => {
  it.each([40001, 42001, 40014])('%d: the token is dropped and the call made once more', async (code) => {
    const once = answering(code, 0);
    expect(await once.send()).toEqual({ type: 'sent' });
    expect(once.used).toEqual(['token-1', 'token-2']);
    expect(once.dropped).toEqual(['token-1']);
    const twice = answering(code, code);
    expect(await twice.send()).toEqual({ type: 'later', reason: 'token-refused' });
    expect(twice.used).toHaveLength(2);
  });

  it.each<[number, Verdict]>([
    [45015, { type: 'other-way' }],
    [45047, { type: 'hold' }],
    [48001, { type: 'final', reason: 'no-permission' }],
    [45009, { type: 'pause' }],
    [40200, { type: 'as-text' }],
    [-1, { type: 'uncertain', reason: 'busy' }],
    [0, { type: 'sent' }],
    [43004, { type: 'final', reason: 'refused-43004' }],
  ])('%d has its action', async (code, verdict) => {
    const account = answering(code);
    expect(await account.send()).toEqual(verdict);
    expect(account.used).toHaveLength(1);
    expect(account.dropped).toEqual([]);
  });
});
