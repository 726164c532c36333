import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Line, SimulatedCustomers } from '../../wechat/simulator/customers';
import { AMBIGUOUS, type Fault, type FaultPlan } from '../../wechat/simulator/faults';
import type { ApiAnswer, ApiRequest } from '../../wechat/simulator/server-api';
import type { WecomAccount } from '../account';

/** The codes by which WeCom says what WeChat says with others. */
const FAULT_CODES: Partial<Record<Fault, number>> = {
  busy: -1,
  'expired-token': 42001,
  quota: 95001,
  window: 95002,
  'api-quota': 45009,
  'no-permission': 48002,
  'no-menu': 95009,
};

const json = (value: Record<string, unknown>): ApiAnswer => ({ type: 'json', value });
const refusal = (errcode: number): ApiAnswer => json({ errcode, errmsg: `simulated: ${errcode}` });

const carried = {
  msgid: z
    .string()
    .regex(/^[0-9a-zA-Z_-]{1,32}$/)
    .optional(),
  msgtype: z.enum(['text', 'image', 'msgmenu']),
  text: z.object({ content: z.string().min(1) }).optional(),
  image: z.object({ media_id: z.string() }).optional(),
  msgmenu: z
    .object({
      head_content: z.string(),
      list: z.array(
        z.union([
          z.object({ type: z.literal('click'), click: z.object({ id: z.string(), content: z.string() }) }),
          z.object({ type: z.literal('view'), view: z.object({ url: z.string(), content: z.string() }) }),
        ]),
      ),
    })
    .optional(),
};
const sendSchema = z.object({ touser: z.string(), open_kfid: z.string(), ...carried });
const onEventSchema = z.object({ code: z.string(), ...carried });
const syncSchema = z.object({
  cursor: z.string().default(''),
  token: z.string().optional(),
  limit: z.number().int().min(1).max(1000).default(1000),
  open_kfid: z.string(),
});
const stateSchema = z.object({
  open_kfid: z.string(),
  external_userid: z.string(),
  service_state: z.number().int().optional(),
});

type Carried = z.infer<z.ZodObject<typeof carried>>;

/** What the customer sees of a message. */
function shown({ text, image, msgmenu }: Carried): Partial<Line> & Pick<Line, 'text'> {
  if (image) return { text: '', picture: image.media_id };
  if (!msgmenu) return { text: text?.content ?? '' };
  const views = msgmenu.list.flatMap((item) => (item.type === 'view' ? [item.view] : []));
  const options = msgmenu.list.flatMap((item) => (item.type === 'click' ? [item.click.content] : []));
  return { text: msgmenu.head_content, options, url: views[0]?.url ?? null };
}

/** Messages, sessions, media and tokens that the simulated servers have, and the faults that they were told to have. */
export function createServerApi(deps: {
  account: WecomAccount;
  customers: SimulatedCustomers;
  /** Of sends. */
  faults: FaultPlan;
  /** Of fetches: only those that bring no page. */
  syncFaults: FaultPlan;
  /** Whether a message with a known id is dropped, or refused with this code. */
  doubles: 'drop' | number;
  canShowMenu: boolean;
}) {
  const { account, customers, faults, syncFaults, doubles, canShowMenu } = deps;
  const entries: Record<string, unknown>[] = [];
  const media = new Map<string, { bytes: Buffer; contentType: string }>();
  const states = new Map<string, number>();
  const codes = new Map<string, string>();
  const taken = new Set<string>();
  const met: Fault[] = [];
  const counts = { tokens: 0, fetches: 0, doubles: 0 };
  let token = '';
  let isTokenStale = false;

  function getToken(query: URLSearchParams): ApiAnswer {
    if (query.get('corpid') !== account.corpId || query.get('corpsecret') !== account.secret)
      return refusal(40001);
    if (token === '' || isTokenStale) {
      token = randomBytes(24).toString('base64url');
      counts.tokens += 1;
      isTokenStale = false;
    }
    return json({ errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 });
  }

  function sync(body: unknown): ApiAnswer {
    const { cursor, token: callback, limit, open_kfid: kfId } = syncSchema.parse(body);
    counts.fetches += 1;
    const fault = syncFaults();
    if (fault === 'expired-token') isTokenStale = true;
    if (fault && AMBIGUOUS.has(fault) && fault !== 'busy') {
      return { type: 'silence', isReset: fault === 'reset-after-send' };
    }
    if (fault) return refusal(FAULT_CODES[fault] ?? 40000);
    if (callback !== undefined && !callback.startsWith('callback-')) return refusal(95007);
    const own = entries.filter((entry) => kfOf(entry) === kfId);
    const from = cursor === '' ? 0 : Number(cursor.slice('cursor-'.length));
    const until = Math.min(own.length, from + limit);
    return json({
      errcode: 0,
      next_cursor: `cursor-${until}`,
      has_more: until < own.length ? 1 : 0,
      msg_list: own.slice(from, until),
    });
  }

  /** What a fault, a double or a quota makes of a message; null when it may be shown. */
  function obstacle(message: Carried, fault: Fault | null): ApiAnswer | null {
    if (fault === 'expired-token') isTokenStale = true;
    if (fault && !AMBIGUOUS.has(fault)) {
      met.push(fault);
      return refusal(FAULT_CODES[fault] ?? 40000);
    }
    if (message.msgid === undefined || !taken.has(message.msgid)) return null;
    counts.doubles += 1;
    return doubles === 'drop' ? aftermath(message, fault) : refusal(doubles);
  }

  /** The answer to a message that was taken. */
  function aftermath({ msgid = randomBytes(8).toString('hex') }: Carried, fault: Fault | null): ApiAnswer {
    taken.add(msgid);
    if (fault) met.push(fault);
    if (fault === 'busy') return refusal(-1);
    if (fault) return { type: 'silence', isReset: fault === 'reset-after-send' };
    return json({ errcode: 0, errmsg: 'ok', msgid });
  }

  function send(body: unknown, fault: Fault | null): ApiAnswer {
    const message = sendSchema.parse(body);
    const stopped = obstacle(message, fault);
    if (stopped) return stopped;
    const state = states.get(message.touser) ?? 0;
    if (state === 4) return refusal(95013);
    if (state > 1) return refusal(95018);
    if (message.msgmenu && !canShowMenu) return refusal(95009);
    // A send of its own kind only: the one after an event goes with its code.
    const allowed = customers.take(message.touser);
    if (allowed !== 0) return refusal(allowed === 45047 ? 95001 : 95002);
    customers.add(message.touser, { from: 'account', route: 'api', ...shown(message) });
    return aftermath(message, fault);
  }

  function sendOnEvent(body: unknown, fault: Fault | null): ApiAnswer {
    const message = onEventSchema.parse(body);
    const stopped = obstacle(message, fault);
    if (stopped) return stopped;
    const user = codes.get(message.code);
    if (user === undefined || message.msgtype === 'image') return refusal(41098);
    codes.delete(message.code);
    customers.add(user, { from: 'account', route: 'welcome', ...shown(message) });
    return aftermath(message, fault);
  }

  function serviceState(body: unknown): ApiAnswer {
    const { external_userid: user, service_state: wanted } = stateSchema.parse(body);
    const state = states.get(user) ?? 0;
    if (wanted === undefined) return json({ errcode: 0, service_state: state });
    if (wanted < state) return refusal(95016);
    states.set(user, wanted);
    return json({ errcode: 0 });
  }

  function keepMedia(bytes: Buffer, contentType: string): string {
    const id = randomBytes(16).toString('base64url');
    media.set(id, { bytes, contentType });
    return id;
  }

  function withToken({ path, query, body, file }: ApiRequest): ApiAnswer {
    if (token === '' || query.get('access_token') !== token || isTokenStale) return refusal(42001);
    switch (path) {
      case 'kf/sync_msg':
        return sync(body);
      case 'kf/send_msg':
        return send(body, faults());
      case 'kf/send_msg_on_event':
        return sendOnEvent(body, faults());
      case 'kf/service_state/get':
      case 'kf/service_state/trans':
        return serviceState(body);
      case 'media/upload':
        return file === null ? refusal(41005) : json({ errcode: 0, media_id: keepMedia(file, 'image/jpeg') });
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
    /** Something that the next fetch brings. */
    put: (entry: Record<string, unknown>) => void entries.push(entry),
    /** A code that the event of a customer's coming brings. */
    giveCode(user: string): string {
      const code = randomBytes(12).toString('base64url');
      codes.set(code, user);
      return code;
    },
    setState: (user: string, state: number) => void states.set(user, state),
    stateOf: (user: string) => states.get(user) ?? 0,
    /** Faults that were met, in order. */
    met: () => [...met],
    counts: () => ({ ...counts }),
    handle(request: ApiRequest): ApiAnswer {
      try {
        return request.path === 'gettoken' ? getToken(request.query) : withToken(request);
      } catch (error) {
        if (error instanceof z.ZodError) return refusal(47001);
        throw error;
      }
    },
  };
}

const kfOf = (entry: Record<string, unknown>): unknown => {
  const { event } = entry;
  return typeof event === 'object' && event !== null && 'open_kfid' in event
    ? event.open_kfid
    : entry.open_kfid;
};
