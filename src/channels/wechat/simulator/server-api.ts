import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { WechatAccount } from '../account';
import type { Line, SimulatedCustomers } from './customers';
import { AMBIGUOUS, FAULT_CODES, type Fault, type FaultPlan } from './faults';

/** What a call to the simulated servers is answered with. */
export type ApiAnswer =
  | { type: 'json'; value: Record<string, unknown> }
  | { type: 'bytes'; bytes: Buffer; contentType: string }
  /** No answer: the connection hangs, or breaks. */
  | { type: 'silence'; isReset: boolean };

export interface ApiRequest {
  /** Below `/cgi-bin/`. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  /** A file that was uploaded. */
  file: Buffer | null;
}

const json = (value: Record<string, unknown>): ApiAnswer => ({ type: 'json', value });
const refusal = (errcode: number): ApiAnswer => json({ errcode, errmsg: `simulated: ${errcode}` });

const tokenRequestSchema = z.object({
  appid: z.string(),
  secret: z.string(),
  force_refresh: z.boolean().optional(),
});
const sendSchema = z.object({
  touser: z.string().min(1).max(100),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
  msgmenu: z
    .object({ head_content: z.string(), list: z.array(z.object({ id: z.string(), content: z.string() })) })
    .optional(),
  image: z.object({ media_id: z.string() }).optional(),
  news: z
    .object({
      articles: z.array(
        z.object({ title: z.string(), description: z.string(), url: z.string(), picurl: z.string() }),
      ),
    })
    .optional(),
});
const typingSchema = z.object({ touser: z.string(), command: z.enum(['Typing', 'CancelTyping']) });
const templateSchema = z.object({
  touser: z.string(),
  template_id: z.string(),
  client_msg_id: z.string().optional(),
  data: z.record(z.string(), z.object({ value: z.string() })),
});

/** The same person has the same unionid on every account; in the simulated WeChat the openid is the same too. */
const unionOf = (openId: string): string =>
  `u${createHash('sha256').update('union\0').update(openId).digest('base64url').slice(0, 27)}`;

/** What the customer sees of a customer-service message. */
function shown(message: z.infer<typeof sendSchema>): Partial<Line> & Pick<Line, 'text'> {
  const [article] = message.news?.articles ?? [];
  if (article) {
    const { title, description, url, picurl } = article;
    return { text: [title, description].filter(Boolean).join('\n'), url, picture: picurl || null };
  }
  if (message.msgmenu) {
    const { head_content: text, list } = message.msgmenu;
    return { text, options: list.map(({ content }) => content) };
  }
  if (message.image) return { text: '', picture: message.image.media_id };
  return { text: message.text?.content ?? '' };
}

/** Messages, media and tokens that the simulated servers have, and the faults that they were told to have. */
export function createServerApi(deps: {
  account: Pick<WechatAccount, 'appId' | 'appSecret' | 'openPlatform'>;
  customers: SimulatedCustomers;
  faults: FaultPlan;
  canShowMenu: boolean;
}) {
  const { account, customers, faults, canShowMenu } = deps;
  const media = new Map<string, { bytes: Buffer; contentType: string }>();
  const templates = new Set<string>();
  const met: Fault[] = [];
  let token = '';
  let tokensMade = 0;
  let isTokenStale = false;

  function stableToken(body: unknown): ApiAnswer {
    const request = tokenRequestSchema.parse(body);
    if (request.appid !== account.appId || request.secret !== account.appSecret) return refusal(40125);
    if (token === '' || request.force_refresh) {
      token = randomBytes(24).toString('base64url');
      tokensMade += 1;
      isTokenStale = false;
    }
    return json({ access_token: token, expires_in: 7200 });
  }

  function send(body: unknown, fault: Fault | null): ApiAnswer {
    const message = sendSchema.parse(body);
    if (fault === 'expired-token') isTokenStale = true;
    if (fault && !AMBIGUOUS.has(fault)) {
      met.push(fault);
      return refusal(FAULT_CODES[fault] ?? 40000);
    }
    if (message.msgmenu && !canShowMenu) return refusal(40200);
    const taken = customers.take(message.touser);
    if (taken !== 0) return refusal(taken);
    customers.add(message.touser, { from: 'account', route: 'api', ...shown(message) });
    // What was refused for another reason has met no fault.
    if (fault) met.push(fault);
    if (fault === 'busy') return refusal(-1);
    if (fault) return { type: 'silence', isReset: fault === 'reset-after-send' };
    return json({ errcode: 0, errmsg: 'ok' });
  }

  function sendTemplate(body: unknown): ApiAnswer {
    const { touser, data, client_msg_id: id = randomBytes(8).toString('hex') } = templateSchema.parse(body);
    if (!templates.has(id)) {
      const text = Object.values(data)
        .map(({ value }) => value)
        .join('\n');
      customers.add(touser, { from: 'account', route: 'template', text });
    }
    templates.add(id);
    return json({ errcode: 0, errmsg: 'ok', msgid: templates.size });
  }

  /** WeChat tells nothing of who does not follow the account. */
  function userInfo(query: URLSearchParams): ApiAnswer {
    const openid = query.get('openid') ?? '';
    if (openid === '') return refusal(40003);
    const { isFollowing } = customers.find(openid);
    if (!isFollowing) return json({ subscribe: 0, openid });
    const unionid = account.openPlatform ? unionOf(openid) : undefined;
    return json({ subscribe: 1, openid, language: 'zh_CN', unionid });
  }

  function keepMedia(bytes: Buffer, contentType: string): string {
    const id = randomBytes(16).toString('base64url');
    media.set(id, { bytes, contentType });
    return id;
  }

  function withToken(request: ApiRequest): ApiAnswer {
    const { path, query, body, file } = request;
    if (token === '' || query.get('access_token') !== token || isTokenStale) return refusal(42001);
    switch (path) {
      case 'message/custom/send':
        return send(body, faults());
      case 'message/custom/typing': {
        const { touser, command } = typingSchema.parse(body);
        customers.find(touser).isTyping = command === 'Typing';
        return json({ errcode: 0, errmsg: 'ok' });
      }
      case 'user/info':
        return userInfo(query);
      case 'message/template/send':
        return sendTemplate(body);
      case 'media/upload':
        return file === null
          ? refusal(41005)
          : json({ type: 'image', media_id: keepMedia(file, 'image/jpeg') });
      case 'media/get': {
        const found = media.get(query.get('media_id') ?? '');
        return found ? { type: 'bytes', ...found } : refusal(40007);
      }
      default:
        return refusal(40066);
    }
  }

  return {
    keepMedia,
    media: (id: string) => media.get(id) ?? null,
    /** Faults that were met, in order. */
    met: () => [...met],
    tokensMade: () => tokensMade,
    handle(request: ApiRequest): ApiAnswer {
      try {
        return request.path === 'stable_token' ? stableToken(request.body) : withToken(request);
      } catch (error) {
        if (error instanceof z.ZodError) return refusal(47001);
        throw error;
      }
    },
  };
}
export type ServerApi = ReturnType<typeof createServerApi>;
