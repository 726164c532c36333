import type { Content } from '../../src/content/content';
import type { Entry, TurnResult } from '../../src/contract/conversation';
import { conversationStateSchema } from '../../src/contract/conversation';
import { loadDialogs } from '../../src/dialogs/load';
import { patternNames } from '../../src/dialogs/pattern-names';
import { createConversationTurn } from '../../src/turns/conversation/conversation-turn';
import type { TurnSettings } from '../../src/turns/conversation/work';
import { turnIdOf } from '../../src/turns/keys';
import { NO_AREAS } from '../../src/understanding/entities/address/service-areas';
import { meaning, TEN } from './dialogs';
import { shippedPolicies } from './policies';

/** Each pattern says its own name: these tests are about turns, not about copy. */
const patterns = patternNames.map((name) => `${name}: { zh: ${name}, en: ${name} }`).join('\n');

const ASK_AND_TEST = `
id: test-line
name: { zh: 测线, en: line test }
intents: [fault]
slots:
  place: { name: { zh: 地点, en: place }, entity: text }
  test: { name: { zh: 结果, en: result } }
  works: { name: { zh: 恢复, en: works } }
steps:
  - { id: ask, type: ask, slot: place, prompt: { zh: 在哪里？, en: Where? }, next: test }
  - id: test
    type: call
    operation: operator.line-test
    say: { zh: 我测一下。, en: Testing. }
    timeoutMs: 60000
    saveAs: test
    next: told
    onTimeout: late
    onError: late
  - { id: told, type: say, text: { zh: "结果是{{ slots.test.verdict }}", en: "It is {{ slots.test.verdict }}" }, next: verify }
  - { id: late, type: say, text: { zh: 没测出来, en: No result }, next: verify }
  - id: verify
    type: choose
    slot: works
    prompt: { zh: 好了吗？, en: Does it work? }
    options:
      - { value: fixed, label: { zh: 好了, en: It works } }
      - { value: broken, label: { zh: 还不行, en: Still not } }
    next: over
  - { id: over, type: end }
`;

const LEAVE_ORDER = `
id: leave-order
name: { zh: 留单, en: leave an order }
slots:
  go: { name: { zh: 登记, en: register } }
  phone: { name: { zh: 电话, en: phone }, entity: text }
  isCallBackWanted: { name: { zh: 要回电, en: wanted }, isShared: true }
steps:
  - id: begin
    type: branch
    cases:
      - { when: "slots.isCallBackWanted == true", next: phone }
    otherwise: offer
  - { id: phone, type: ask, slot: phone, prompt: { zh: 打哪个号码？, en: Which number? }, next: over }
  - id: offer
    type: choose
    slot: go
    prompt: { zh: "没有同事在线，要登记吗？", en: "Nobody is on duty. Register it?" }
    options:
      - { value: "yes", label: { zh: 登记, en: Register } }
      - { value: "no", label: { zh: 不用, en: No } }
    next: over
  - { id: over, type: end }
`;

/** Calls whose answers are still of use when they are late. */
const ASK_LATE = `
id: coverage
name: { zh: 查覆盖, en: coverage }
intents: [coverage]
slots:
  place: { name: { zh: 地点, en: place }, entity: text }
  covered: { name: { zh: 结果, en: result } }
  changed: { name: { zh: 换了, en: changed } }
steps:
  - id: check
    type: call
    operation: operator.coverage
    args: { address: "'a'" }
    timeoutMs: 8000
    lateMs: 1800000
    saveAs: covered
    next: told
    onTimeout: human
    onError: human
  - { id: told, type: say, text: { zh: "最高{{ slots.covered.maxMbps }}", en: "{{ slots.covered.maxMbps }}" }, next: ask }
  - { id: ask, type: ask, slot: place, prompt: { zh: 换哪个？, en: Which? }, next: change }
  - id: change
    type: call
    operation: operator.change-plan
    args: { planId: slots.place }
    timeoutMs: 20000
    lateMs: 7200000
    saveAs: changed
    next: over
    onTimeout: human
    onError: human
  - { id: over, type: end, text: { zh: 换好了, en: Changed } }
  - { id: human, type: handoff, reason: coverage-unknown }
`;

const loaded = loadDialogs({
  files: {
    'patterns.yaml': patterns,
    'test-line.yaml': ASK_AND_TEST,
    'leave-order.yaml': LEAVE_ORDER,
    'coverage.yaml': ASK_LATE,
  },
  intentNames: new Map([
    ['fault', { zh: '故障', en: 'fault' }],
    ['coverage', { zh: '查覆盖', en: 'coverage' }],
  ]),
});

/** A word that stands for its intent: these tests are about turns, not about understanding. */
const intents: Record<string, string> = {
  坏了: 'fault',
  能装吗: 'coverage',
  人工: 'talk-to-human',
  谢谢: 'thanks',
  算了: 'cancel',
};

export const smallContent = (version = 'v1'): Content => {
  if (!loaded.set) throw new Error(JSON.stringify(loaded.problems));
  return {
    version,
    dialogs: loaded.set,
    findArticles: () => [],
    policyFiles: {},
    areaFacts: () => ({ province: null, settlement: null }),
    nameArea: () => null,
    areas: NO_AREAS,
    understand: (text) => meaning(text, { danger: text === '触电' ? 'physical' : null }, intents[text]),
  };
};

/** A conversation run by the real turn, without a store: state in, result out. */
export function startConversation(changed: Partial<TurnSettings> = {}, conversationId = 'conv') {
  const turn = createConversationTurn({
    timeZone: 'Asia/Shanghai',
    policies: shippedPolicies,
    pickContent: (version) => smallContent(version ?? 'v1'),
    ...changed,
  });
  let serial = 0;
  const self = {
    now: TEN,
    isStaffed: true,
    json: '',
    last: null as TurnResult | null,
    get state() {
      return conversationStateSchema.parse(JSON.parse(self.json));
    },
    entryOf(activity: Entry['activity'], extra: Partial<Entry> = {}): Entry {
      serial += 1;
      const key = `k${serial}`;
      return {
        turnId: turnIdOf(conversationId, key),
        key,
        at: self.now,
        channel: 'web',
        customer: null,
        isStaffed: self.isStaffed,
        sealed: {},
        activity,
        ...extra,
      };
    },
    run(activity: Entry['activity'], extra: Partial<Entry> = {}): string[] {
      const entry = self.entryOf(activity, extra);
      const result = turn.run({ conversationId, state: self.json, entry, position: serial });
      if (result instanceof Promise) throw new Error('the turn is synchronous');
      return self.take(result);
    },
    /** The turn of an activity that failed for good. */
    fail(activity: Entry['activity']): string[] {
      const input = { conversationId, state: self.json, entry: self.entryOf(activity), position: serial };
      return self.take(turn.fail(input, 'broken'));
    },
    take(result: TurnResult<unknown>): string[] {
      self.json = JSON.stringify(result.state);
      // What the turn answers is a conversation's state.
      self.last = result as TurnResult;
      return result.replies.flatMap(({ type, text }) => (type === 'message' ? [text ?? ''] : []));
    },
    say: (text: string, extra: Partial<Entry> = {}) =>
      self.run({ type: 'message', text, from: { id: 'dl_customer' } }, extra),
    event: (name: string, value: unknown) =>
      self.run({ type: 'event', name, value, from: { id: 'service' } }),
    agent: (name: string, value: Record<string, unknown> = {}) =>
      self.event(`agent.${name}`, { agentId: 'a1', agentName: '0251 号客服', ...value }),
    /** Answers the call of the last turn that gave one. */
    answer(outcome: unknown): string[] {
      const { frameId, callId, operation } = self.openCall();
      return self.event('call.result', { frameId, callId, operation, outcome });
    },
    openCall() {
      const frame = self.state.dialog?.frames.find(({ waiting }) => waiting);
      if (!frame?.waiting) throw new Error('no call is open');
      const { callId, operation } = frame.waiting;
      return { frameId: frame.id, callId, operation };
    },
    commands: () => (self.last?.commands ?? []).map(({ operation, args }) => ({ operation, args })),
    timer: (start: string) => self.last?.timers.find(({ id }) => id.startsWith(start)),
    records: (type: string) => (self.last?.records ?? []).filter((record) => record.type === type),
    /** Moves the clock to a timer and lets it fire. */
    fire(timer: { dueAt: number; value: unknown } | undefined): string[] {
      if (!timer) throw new Error('no such timer');
      self.now = timer.dueAt;
      return self.event('timer.due', timer.value);
    },
  };
  return self;
}
