import type { AskToken } from '../wechat/access-token';
import { createTokenCalls, type TokenCalls } from '../wechat/api';
import { get } from '../wechat/api-call';
import type { WecomAccount } from './account';

/** The calls of WeCom's server API that the channel makes, each known by its outcome. */
export interface WecomApi extends Pick<TokenCalls<WecomAccount>, 'uploadImage' | 'download'> {
  /** A page of what came after the cursor; without a token of a callback WeCom allows it rarely. */
  syncMessages: Post;
  send: Post;
  /** With the code of an event, once. */
  sendOnEvent: Post;
  serviceState: Post;
  changeServiceState: Post;
}
type Post = ReturnType<TokenCalls<WecomAccount>['postTo']>;
type Fetch = typeof fetch;

/** How an account asks for its token. WeCom gives the same one until it ends, so there is nothing to force. */
export const askToken =
  (fetch: Fetch, timeoutMs: number): AskToken<WecomAccount> =>
  ({ apiBase, corpId, secret }) => {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
    return get(fetch, `${apiBase}/cgi-bin/gettoken?${query}`, timeoutMs);
  };

export function createWecomApi(deps: Parameters<typeof createTokenCalls<WecomAccount>>[0]): WecomApi {
  const { postTo, uploadImage, download } = createTokenCalls(deps);
  return {
    uploadImage,
    download,
    syncMessages: postTo('kf/sync_msg?'),
    send: postTo('kf/send_msg?'),
    sendOnEvent: postTo('kf/send_msg_on_event?'),
    serviceState: postTo('kf/service_state/get?'),
    changeServiceState: postTo('kf/service_state/trans?'),
  };
}
