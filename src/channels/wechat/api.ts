import { type CallOutcome, type Fetch, failureOf } from '../delivery/call-outcome';
import type { AccessTokens, NamedAccount } from './access-token';
import type { WechatAccount } from './account';
import { get, post, readAnswer } from './api-call';

/** The calls of WeChat's server API that the channel makes. */
export interface WechatApi {
  send(account: WechatAccount, body: Record<string, unknown>): Promise<CallOutcome>;
  /** Shows or ends "is typing" for 15 s. */
  typing(account: WechatAccount, openId: string, isTyping: boolean): Promise<CallOutcome>;
  /** Idempotent by `client_msg_id` for 10 minutes. */
  sendTemplate(account: WechatAccount, body: Record<string, unknown>): Promise<CallOutcome>;
  /** Uploads a picture for three days; the value has `media_id`. */
  uploadImage(account: WechatAccount, image: { bytes: Buffer; contentType: string }): Promise<CallOutcome>;
  /** What WeChat says of somebody who follows the account; `unionid` when it is bound to an open platform. */
  userInfo(account: WechatAccount, openId: string): Promise<CallOutcome>;
  /** What a customer sent, up to a number of bytes; null when it is not to be had. */
  download(account: WechatAccount, mediaId: string, limit: number): Promise<Buffer | null>;
}

/** Codes of a token that is invalid or has expired. */
export const TOKEN_CODES: ReadonlySet<number> = new Set([40001, 42001, 40014]);

/** The calls that WeChat and WeCom have in common: with a token in the address, and media both ways. */
export interface TokenCalls<Account> {
  /** A call below `/cgi-bin/`; the path ends in `?` or `&`. */
  postTo(path: string): (account: Account, body: Record<string, unknown> | FormData) => Promise<CallOutcome>;
  /** A call that only reads. */
  getFrom(path: string): (account: Account, query: Record<string, string>) => Promise<CallOutcome>;
  uploadImage(account: Account, image: { bytes: Buffer; contentType: string }): Promise<CallOutcome>;
  download(account: Account, mediaId: string, limit: number): Promise<Buffer | null>;
}

export function createTokenCalls<Account extends NamedAccount>(deps: {
  fetch: Fetch;
  tokens: AccessTokens<Account>;
  /** Of one call. */
  timeoutMs: number;
}): TokenCalls<Account> {
  const { fetch, tokens, timeoutMs } = deps;

  /** With a token that is refused, once more with a new one. */
  async function withToken(
    account: Account,
    call: (token: string) => Promise<CallOutcome>,
  ): Promise<CallOutcome> {
    const first = await tokens.get(account);
    // Whatever became of the call for a token, the message itself was not sent.
    if (first.type !== 'ok') return unsent(first);
    const outcome = await call(first.token);
    if (outcome.type !== 'refused' || !TOKEN_CODES.has(outcome.code)) return outcome;
    await tokens.drop(account, first.token);
    const second = await tokens.get(account);
    return second.type === 'ok' ? call(second.token) : unsent(second);
  }

  const address = (account: Account, path: string, token: string): string =>
    `${account.apiBase}/cgi-bin/${path}access_token=${encodeURIComponent(token)}`;

  const postTo = (path: string) => (account: Account, body: Record<string, unknown> | FormData) =>
    withToken(account, (token) => post(fetch, address(account, path, token), body, timeoutMs));

  const getFrom = (path: string) => (account: Account, query: Record<string, string>) =>
    withToken(account, (token) =>
      get(fetch, `${address(account, path, token)}&${new URLSearchParams(query)}`, timeoutMs),
    );

  const upload = postTo('media/upload?type=image&');

  return {
    postTo,
    getFrom,
    uploadImage: (account, { bytes, contentType }) => {
      const form = new FormData();
      const extension = contentType === 'image/png' ? 'png' : 'jpg';
      form.append('media', new Blob([new Uint8Array(bytes)], { type: contentType }), `picture.${extension}`);
      return upload(account, form);
    },
    async download(account, mediaId, limit) {
      let media: Buffer | null = null;
      await withToken(account, async (token) => {
        const url = `${address(account, 'media/get?', token)}&media_id=${encodeURIComponent(mediaId)}`;
        const answer = await fetchMedia(fetch, url, { limit, timeoutMs });
        if (Buffer.isBuffer(answer)) media = answer;
        return Buffer.isBuffer(answer) ? { type: 'ok', value: {} } : answer;
      });
      return media;
    },
  };
}

export function createWechatApi(deps: {
  fetch: Fetch;
  tokens: AccessTokens<WechatAccount>;
  /** Of one call. */
  timeoutMs: number;
}): WechatApi {
  const { postTo, getFrom, uploadImage, download } = createTokenCalls(deps);
  const readUser = getFrom('user/info?');
  const sendTyping = postTo('message/custom/typing?');
  return {
    send: postTo('message/custom/send?'),
    sendTemplate: postTo('message/template/send?'),
    typing: (account, openId, isTyping) =>
      sendTyping(account, { touser: openId, command: isTyping ? 'Typing' : 'CancelTyping' }),
    userInfo: (account, openId) => readUser(account, { openid: openId, lang: 'zh_CN' }),
    uploadImage,
    download,
  };
}

const unsent = (outcome: Exclude<CallOutcome, { type: 'ok' }>): CallOutcome => ({
  type: 'unsent',
  reason: outcome.type === 'refused' ? `token-refused-${outcome.code}` : `token: ${outcome.reason}`,
});

/** Media come as bytes, refusals as JSON. */
async function fetchMedia(
  fetch: Fetch,
  url: string,
  { limit, timeoutMs }: { limit: number; timeoutMs: number },
): Promise<Buffer | CallOutcome> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > limit) return { type: 'unknown', reason: 'too large' };
      chunks.push(Buffer.from(chunk));
    }
    const bytes = Buffer.concat(chunks);
    const isJson = /^(?:application\/json|text\/plain)/.test(response.headers.get('content-type') ?? '');
    return isJson || response.status >= 400 ? readAnswer(response.status, bytes.toString()) : bytes;
  } catch (error) {
    return failureOf(error);
  }
}
