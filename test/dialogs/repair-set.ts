import type { Entity } from '../../src/contract/understanding';
import { dialogSet, talk } from '../support/dialogs';

/** Dialogs of the tests of this folder, and customers who have come to a certain step of the repair. */
const REPAIR = `
id: repair
name: { zh: 报修, en: repair }
intents: [fault, fault-other]
hints: { light: fault }
slots:
  intent: { name: { zh: 故障, en: fault } }
  said: { name: { zh: 描述, en: words } }
  address:
    name: { zh: 地址, en: address }
    entity: address
    isShared: true
    onCorrect: { forget: [test], next: test }
  phone: { name: { zh: 电话, en: phone }, entity: phone, isShared: true }
  light: { name: { zh: 灯, en: light } }
  test: { name: { zh: 测试, en: test } }
  ok: { name: { zh: 是否, en: ok } }
shortcuts:
  - { words: [又能上了, works again], next: fixed }
steps:
  - { id: where, type: ask, slot: address, prompt: { zh: 哪里, en: Where }, retry: { zh: 再说哪里, en: Where again }, next: light }
  - id: light
    type: choose
    slot: light
    prompt: { zh: 灯亮吗, en: Is the light on }
    options:
      - { value: "on", label: { zh: 亮着, en: "On" }, words: [亮], intents: [affirm], mentions: [灯亮着] }
      - { value: "off", label: { zh: 不亮, en: "Off" }, words: [不亮, 灭], intents: [deny], mentions: [灯不亮] }
      - { value: unsure, label: { zh: 不清楚, en: Not sure } }
    next: test
  - id: test
    type: call
    operation: operator.line-test
    args: { address: slots.address.full }
    say: { zh: 测一下, en: Testing }
    timeoutMs: 60000
    saveAs: test
    next: told
    onTimeout: late
    onError: broken
  - { id: told, type: say, text: { zh: "结果{{ slots.test.verdict }}", en: "Result {{ slots.test.verdict }}" }, next: sure }
  - { id: late, type: say, text: { zh: 超时了, en: Too late }, next: sure }
  - { id: broken, type: say, text: { zh: 没测成, en: Failed }, next: sure }
  - id: sure
    type: choose
    slot: ok
    prompt: { zh: 行吗, en: All right }
    options:
      - { value: "yes", label: { zh: 行, en: "Yes" }, intents: [affirm] }
      - { value: "no", label: { zh: 不行, en: "No" }, intents: [deny] }
    next: phone
  - id: phone
    type: ask
    slot: phone
    prompt: { zh: 电话, en: Phone }
    validate: { condition: "size(value) == 11", message: { zh: 要11位, en: Eleven digits } }
    next: fixed
  - { id: fixed, type: end, text: { zh: 办好了, en: Done } }
`;
const PRICE = `
id: price
name: { zh: 问价, en: price }
intents: [price]
slots: { kind: { name: { zh: 种类, en: kind } } }
steps:
  - id: kind
    type: choose
    slot: kind
    prompt: { zh: 哪种, en: Which }
    options:
      - { value: a, label: { zh: 甲, en: A } }
      - { value: b, label: { zh: 乙, en: B } }
    next: over
  - { id: over, type: end, text: { zh: 一百元, en: A hundred } }
`;
const STORY = `
id: story
name: { zh: 说事, en: story }
intents: [complain]
slots:
  story: { name: { zh: 经过, en: story }, entity: text }
steps:
  - { id: tell, type: ask, slot: story, prompt: { zh: 请说, en: Tell me }, next: over }
  - { id: over, type: end, text: { zh: "记下：{{ slots.story }}", en: "Noted: {{ slots.story }}" } }
`;
/** Proves a phone, then asks a question, then registers an order. */
const PROVE = `
id: prove
name: { zh: 核实, en: proof }
intents: [prove]
slots:
  wish: { name: { zh: 时间, en: time }, entity: datetime, accept: "value.startAt > now" }
  sure: { name: { zh: 确定, en: sure } }
  order: { name: { zh: 单, en: order } }
steps:
  - { id: code, type: run, dialog: code, next: sure }
  - id: sure
    type: choose
    slot: sure
    prompt: { zh: 办吗, en: Go on }
    options:
      - { value: "yes", label: { zh: 办, en: "Yes" } }
      - { value: "no", label: { zh: 不办, en: "No" } }
    next: over
  - { id: over, type: end, text: { zh: 好, en: Fine } }
`;
const CODE = `
id: code
name: { zh: 验证, en: code }
slots:
  code: { name: { zh: 验证码, en: code }, entity: one-time-code, isLatest: true }
  more: { name: { zh: 还有, en: more } , entity: text }
  order: { name: { zh: 单, en: order } }
steps:
  - { id: ask, type: ask, slot: code, prompt: { zh: 请发码, en: Code }, next: more }
  - { id: more, type: ask, slot: more, prompt: { zh: 还有吗, en: More }, next: create }
  - id: create
    type: work-order
    kind: complaint
    summary: { zh: "补充：{{ slots.more }}", en: "More: {{ slots.more }}" }
    timeoutMs: 1000
    saveAs: order
    next: over
    onTimeout: over
    onError: over
  - { id: over, type: end }
`;
const INTENTS = ['fault', 'fault-other', 'price', 'complain', 'affirm', 'deny', 'prove'];
export const set = dialogSet(
  { 'prove.yaml': PROVE, 'code.yaml': CODE, 'repair.yaml': REPAIR, 'price.yaml': PRICE, 'story.yaml': STORY },
  INTENTS,
);

export const entity = (type: string, value: unknown): Entity => ({ type, text: '', start: 0, end: 0, value });
export const home = entity('address', { full: '中山路3栋', road: '中山路', building: '3栋' });
export const part = (parts: Record<string, string>) => entity('address-part', parts);
export const phone = entity('phone', '13800138000');

export const atWhere = () => {
  const customer = talk(set);
  customer.say('没网了', {}, 'fault');
  return customer;
};
export const atLight = () => {
  const customer = atWhere();
  customer.say('中山路3栋', { entities: [home] });
  return customer;
};
export const atTest = () => {
  const customer = atLight();
  customer.say('亮');
  return customer;
};
export const WEAK = { verdict: 'low-light', rxPowerDbm: -31, speedMbps: null };
export const atSure = () => {
  const customer = atTest();
  customer.outcome(WEAK);
  return customer;
};
