import type { Content } from '../../src/content/content';
import type { Entry } from '../../src/contract/conversation';
import { customerCommands, type Unfinished } from '../../src/contract/customers';
import type { CustomerRecord } from '../../src/contract/dialog';
import type { TurnSettings } from '../../src/turns/conversation/work';
import { smallContent, startConversation } from './conversation';
import { dialogSet, meaning, TEN } from './dialogs';

/** Dialogs that move between channels, one that does not, and the two versions that sessions may be pinned to. */
const report = (version: string) => `
id: report
name: { zh: 报修, en: report }
intents: [fault]
isMovable: true
slots:
  place: { name: { zh: 地点, en: place }, entity: text, isShared: true }
  secret: { name: { zh: 密, en: secret }, entity: one-time-code }
  account: { name: { zh: 账户, en: account } }
  when: { name: { zh: 时间, en: time }, entity: text }
  order: { name: { zh: 单, en: order } }
steps:
  - { id: where, type: ask, slot: place, prompt: { zh: "在哪里？", en: Where? }, next: read }
  - id: read
    type: call
    operation: operator.customer
    timeoutMs: 5000
    saveAs: account
    next: when
    onTimeout: when
    onError: when
  - { id: when, type: ask, slot: when, prompt: { zh: "${version} {{ slots.place }} 几点？", en: When? }, next: create }
  - id: create
    type: work-order
    kind: fault
    summary: { zh: 断网, en: No internet }
    args: { phone: customer.phone }
    timeoutMs: 30000
    saveAs: order
    next: done
    onTimeout: done
    onError: done
  - { id: done, type: say, text: { zh: 报好了, en: Done }, next: over }
  - { id: over, type: end }
`;

const PRICES = `
id: prices
name: { zh: 资费, en: prices }
intents: [prices]
slots: { plan: { name: { zh: 套餐, en: plan }, entity: text } }
steps:
  - { id: which, type: ask, slot: plan, prompt: { zh: "哪个套餐？", en: Which? }, next: over }
  - { id: over, type: end }
`;

const intents: Record<string, string> = {
  坏了: 'fault',
  多少钱: 'prices',
  对了多少钱: 'prices',
  好的: 'affirm',
  人工: 'talk-to-human',
};

export const movingContent = (version: string): Content => ({
  ...smallContent(version),
  dialogs: dialogSet({ 'report.yaml': report(version), 'prices.yaml': PRICES }, ['fault', 'prices']),
  understand: (text) => meaning(text, { danger: text === '触电' ? 'physical' : null }, intents[text]),
});

export const PHONE = '13800138000';

export const recordOf = (changed: Partial<CustomerRecord> = {}): CustomerRecord => ({
  id: 'r1',
  formerIds: [],
  name: '王芳',
  phone: PHONE,
  phoneProvedAt: TEN,
  address: '中山路18号3栋2单元501',
  channels: [{ channel: 'web', provedAt: 1 }],
  orders: [],
  ...changed,
});

type Talk = ReturnType<typeof startConversation>;

/** A conversation that was linked to the customer, on a channel. */
export function startLinked(
  id: string,
  channel: NonNullable<Entry['channel']>,
  changed: Partial<TurnSettings> = {},
) {
  const pickContent = (version: string | null) => movingContent(version ?? 'v1');
  const talk = startConversation({ pickContent, ...changed }, id);
  const self = Object.assign(talk, {
    write: (text: string, extra: Partial<Entry> = {}) => talk.say(text, { channel, ...extra }),
    /** What the world answers to a read that the turn asked for, or to one after a link. */
    learn: (record: CustomerRecord | null, unfinished: Unfinished | null = null, callId = 'offer') =>
      talk.event('call.result', {
        frameId: 'customer',
        callId,
        operation: 'customer.read',
        outcome: { type: 'ok', value: { record, unfinished } },
      }),
    /** The open dialog of another conversation, as the world finds it. */
    unfinished(): Unfinished {
      const [first] = talk.state.dialog?.frames ?? [];
      if (!first) throw new Error('nothing is open');
      return { conversationId: id, channel, dialog: first.dialog, frameId: first.id };
    },
    command: (operation: string) => talk.commands().find((each) => each.operation === operation),
  });
  return self;
}

/** Carries out the moves that a conversation's last turn has asked for. Answers what was said in the other. */
export function carry(from: Talk, to: Talk): string[] {
  const said: string[] = [];
  for (const { operation, args } of from.commands()) {
    if (operation === 'dialog.take') {
      const { moveId } = customerCommands['dialog.take'].parse(args);
      said.push(...to.event('session.give', { moveId, to: from.state.conversationId, toChannel: 'app' }));
    }
    if (operation === 'dialog.bring') {
      const { to: _to, ...value } = customerCommands['dialog.bring'].parse(args);
      said.push(...to.event('session.bring', value));
    }
  }
  return said;
}
