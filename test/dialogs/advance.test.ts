import type { Entity } from '../../src/contract/understanding';
import { advance, newDialogState } from '../../src/dialogs/advance';
import { context, dialogSet, meaning, TEN, talk } from '../support/dialogs';

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
const set = dialogSet(
  { 'prove.yaml': PROVE, 'code.yaml': CODE, 'repair.yaml': REPAIR, 'price.yaml': PRICE, 'story.yaml': STORY },
  INTENTS,
);

const entity = (type: string, value: unknown): Entity => ({ type, text: '', start: 0, end: 0, value });
const home = entity('address', { full: '中山路3栋', road: '中山路', building: '3栋' });
const part = (parts: Record<string, string>) => entity('address-part', parts);
const phone = entity('phone', '13800138000');

const atWhere = () => {
  const customer = talk(set);
  customer.say('没网了', {}, 'fault');
  return customer;
};
const atLight = () => {
  const customer = atWhere();
  customer.say('中山路3栋', { entities: [home] });
  return customer;
};
const atTest = () => {
  const customer = atLight();
  customer.say('亮');
  return customer;
};
const WEAK = { verdict: 'low-light', rxPowerDbm: -31, speedMbps: null };
const atSure = () => {
  const customer = atTest();
  customer.outcome(WEAK);
  return customer;
};

describe('slots', () => {
  it('are filled by one message at once, and what is known is not asked', () => {
    const customer = talk(set);
    customer.say('中山路3栋没网,灯不亮', { entities: [home, phone] }, 'fault');
    expect(customer.slots).toMatchObject({ light: 'off', phone: '13800138000' });
    expect(customer.step).toBe('repair/test');
  });

  it.each([
    ['不对，是5栋', '中山路5栋'],
    ['地址错了,是5栋不是3栋', '中山路5栋'],
    ['其实是5栋', '中山路5栋'],
    ['Actually it is building 5', '中山路5栋'],
  ])('"%s" changes only that part', (text, full) => {
    const customer = atLight();
    expect(customer.say(text, { entities: [part({ building: '5栋' })] })[0]).toBe(`<corrected>地址${full}`);
    expect(customer.slots.address).toMatchObject({ road: '中山路', building: '5栋', full });
    expect(customer.step).toBe('repair/light');
  });

  it('keep what they hold when a part is only mentioned', () => {
    const customer = atLight();
    customer.say('5栋的邻居也没网', { entities: [part({ building: '5栋' })] });
    expect(customer.slots.address).toMatchObject({ building: '3栋' });
  });

  it('take a missing part without any word of correction', () => {
    const customer = atLight();
    customer.say('501', { entities: [part({ room: '501' })] });
    expect(customer.slots.address).toMatchObject({ full: '中山路3栋501' });
  });

  it('are found out again where they hang on what was corrected', () => {
    const customer = atSure();
    const replies = customer.say('不对，是5栋', { entities: [part({ building: '5栋' })] }, 'deny');
    expect(replies).toEqual(['<corrected>地址中山路5栋', '测一下']);
    expect(customer.slots).toMatchObject({ test: null, light: 'on' });
    expect(customer.slots.ok).toBeUndefined();
  });

  it('change by another answer to an earlier question', () => {
    const customer = atSure();
    customer.say('说错了，灯不亮');
    expect(customer.slots.light).toBe('off');
  });

  it('are refused with a reason when the answer does not hold', () => {
    const customer = atSure();
    customer.say('行');
    expect(customer.step).toBe('repair/phone');
    expect(customer.say('0251234', { entities: [entity('phone', '0251234')] })).toEqual(['要11位']);
    expect(customer.slots.phone).toBeNull();
    expect(customer.say('13800138000', { entities: [phone] })).toEqual(['办好了']);
  });

  it('that are shared are not asked for in the next dialog', () => {
    const customer = atSure();
    customer.say('行', { entities: [phone] });
    expect(customer.step).toBe('none');
    customer.say('又没网了', {}, 'fault');
    expect(customer.step).toBe('repair/light');
  });

  it('take free text as it is, at most 300 characters of it', () => {
    const customer = talk(set);
    customer.say('投诉', {}, 'complain');
    expect(customer.say(`九月起 {{ 1 }} ${'长'.repeat(400)}`, {}, 'fault')[0]).toMatch(
      /^记下：九月起 \{\{ 1 }} 长+$/,
    );
    expect(customer.said[0]?.length).toBe(303);
  });
});

describe('secrets', () => {
  const code = (value: string) => entity('one-time-code', value);

  it('are taken, and never said, repeated, noted or handed on', () => {
    const customer = talk(set);
    customer.say('核实', {}, 'prove');
    const replies = customer.say('[验证码]', { entities: [code('SECRET-1')] });
    replies.push(...customer.say('不对，是[验证码]', { entities: [code('SECRET-2')] }));
    replies.push(...customer.say('再说一遍', {}, 'repeat'));
    expect(customer.slots.code).toBe('SECRET-2');
    expect(replies.join()).not.toContain('SECRET');
    expect(JSON.stringify(customer.effects)).not.toContain('SECRET');
    expect(JSON.stringify([customer.state.shared, customer.state.lastReplies])).not.toContain('SECRET');
  });

  it('do not go into an order', () => {
    const customer = talk(set);
    customer.say('核实', {}, 'prove');
    customer.say('[验证码]', { entities: [code('SECRET-1')] });
    customer.say('就这些');
    expect(customer.effects).toContainEqual(
      expect.objectContaining({
        type: 'call',
        args: { kind: 'complaint', summary: '补充：就这些', details: { more: '就这些' } },
      }),
    );
  });

  it('are not kept for a question of ours', () => {
    const candidates = [
      { intent: 'fault', probability: 0.5 },
      { intent: 'price', probability: 0.45 },
    ];
    const customer = talk(set);
    customer.say('[验证码] 网', { candidates, isClose: true, entities: [code('SECRET-1')] });
    expect(JSON.stringify(customer.state)).not.toContain('SECRET');
  });
});

describe('a dialog that another runs', () => {
  it('goes on in the other without a word about going back', () => {
    const customer = talk(set);
    customer.say('核实', {}, 'prove');
    customer.say('[验证码]', { entities: [entity('one-time-code', 's')] });
    customer.say('没了');
    const call = customer.effects.find((effect) => effect.type === 'call');
    if (call?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = call;
    expect(customer.send({ type: 'call-result', frameId, callId, outcome: { type: 'timeout' } })).toEqual([
      '办吗',
    ]);
    expect(customer.step).toBe('prove/sure');
    const past = entity('datetime', { startAt: TEN - 1, endAt: null });
    customer.say('从昨晚开始', { entities: [past] });
    expect(customer.slots.wish).toBeUndefined();
    customer.say('明天', { entities: [entity('datetime', { startAt: TEN + 1, endAt: null })] });
    expect(customer.slots.wish).toMatchObject({ startAt: TEN + 1 });
  });
});

describe('options', () => {
  it.each(['亮着', '1', '１', '①', '第一个', '选1', '一', '亮的', '好,第一个吧', 'the first one'])(
    '"%s" is the first',
    (text) => {
      const customer = atLight();
      customer.say(text);
      expect(customer.slots.light).toBe('on');
    },
  );

  it.each(['不亮', '2', '第二个', '二', '没亮', '都灭了', '后面那个'])('"%s" is the second', (text) => {
    const customer = atLight();
    customer.say(text);
    expect(customer.slots.light).toBe('off');
  });

  it('are offered to be tapped', () => {
    const { state } = atWhere();
    const { replies } = advance(
      set,
      state,
      { type: 'utterance', understanding: meaning('中山路3栋', { entities: [home] }), hasAttachment: false },
      context,
    );
    expect(replies.at(-1)).toEqual({ text: '灯亮吗', quickReplies: ['亮着', '不亮', '不清楚'] });
  });

  it('are read by a thumb where yes is one', () => {
    const customer = atLight();
    customer.say('👍');
    expect(customer.slots.light).toBe('on');
  });
});

describe('digressions', () => {
  it('come back to the same question', () => {
    const customer = atLight();
    expect(customer.say('多少钱', {}, 'price')).toEqual(['哪种']);
    expect(customer.say('乙')).toEqual(['一百元', '<back-to>报修', '灯亮吗']);
    expect(customer.slots.address).toMatchObject({ full: '中山路3栋' });
  });

  it('leave the answer that was given beside them', () => {
    const customer = atLight();
    customer.say('亮 对了多少钱', {}, 'price');
    expect(customer.step).toBe('price/kind');
    customer.say('甲');
    expect(customer.slots.light).toBe('on');
    expect(customer.step).toBe('repair/test');
  });

  it('wait their turn when several concerns come in one message', () => {
    const customer = talk(set);
    const intents = [
      { intent: 'fault', probability: 0.9 },
      { intent: 'price', probability: 0.9 },
    ];
    customer.say('没网，还有多少钱', { intents });
    expect(customer.step).toBe('repair/where');
    customer.say('中山路3栋', { entities: [home, phone] });
    customer.say('亮');
    customer.outcome(WEAK);
    expect(customer.say('行')).toEqual(['办好了', '<next-concern>price', '哪种']);
  });

  it('end a dialog at words that settle it', () => {
    const customer = atLight();
    expect(customer.say('哎又能上了')).toEqual(['办好了']);
    expect(customer.step).toBe('none');
  });

  it('are not ended by the same words denied', () => {
    const customer = atLight();
    customer.say('没又能上了呀');
    expect(customer.step).toBe('repair/light');
  });
});

describe('controls', () => {
  it('cancel what is open, and say that nothing was submitted', () => {
    const customer = atLight();
    expect(customer.say('算了', {}, 'cancel')).toEqual(['<cancelled>报修']);
    expect(customer.step).toBe('none');
    expect(customer.say('取消', {}, 'cancel')).toEqual(['<nothing-to-cancel>']);
  });

  it('cancel nothing when a choice is taken back', () => {
    const customer = atLight();
    expect(customer.say('算了还是5栋吧', { entities: [part({ building: '5栋' })] }, 'cancel')).toEqual([
      '<corrected>地址中山路5栋',
      '灯亮吗',
    ]);
  });

  it('cancel nothing that the customer does not want cancelled', () => {
    const customer = atLight();
    expect(customer.say('不要取消预约', { isNegated: true })).toEqual(['<kept-as-it-is>', '灯亮吗']);
    expect(customer.step).toBe('repair/light');
  });

  it('drop the clock of a call that is cancelled, and its late outcome changes nothing', () => {
    const customer = atTest();
    const call = customer.effects.find((effect) => effect.type === 'call');
    customer.say('算了', {}, 'cancel');
    expect(customer.effects).toContainEqual({ type: 'cancel-timer', id: expect.stringMatching(/^call:/) });
    if (call?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = call;
    expect(
      customer.send({ type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } }),
    ).toEqual([]);
    expect(customer.step).toBe('none');
  });

  it('start over without what was said before', () => {
    const customer = atLight();
    expect(customer.say('重来', {}, 'restart')).toEqual(['<restarted>', '哪里']);
    expect(customer.slots.address).toBeUndefined();
  });

  it('say the last words again', () => {
    const customer = atLight();
    expect(customer.say('再说一遍', {}, 'repeat')).toEqual(['灯亮吗']);
    expect(talk(set).say('再说一遍', {}, 'repeat')).toEqual(['<nothing-to-repeat>']);
  });
});

describe('misunderstandings', () => {
  it('put the question in other words, then offer a human, then hand over', () => {
    const customer = atWhere();
    expect(customer.say('呜噜')).toEqual(['<not-understood>', '再说哪里']);
    expect(customer.say('咕噜')).toEqual(['<offer-human>']);
    customer.say('哗啦');
    expect(customer.effects).toContainEqual({
      type: 'handoff',
      reason: 'not-understood:repair:where',
      priority: 'normal',
      resumeAt: 'where',
    });
  });

  it('in a row with nothing open offer a human, and a plain yes accepts', () => {
    const customer = talk(set);
    expect(customer.say('呜噜')).toEqual(['<what-i-can-do>']);
    expect(customer.say('咕噜')).toEqual(['<offer-human>']);
    customer.say('好', {}, 'affirm');
    expect(customer.effects).toContainEqual(expect.objectContaining({ type: 'handoff' }));
  });

  it('are forgotten once something is understood', () => {
    const customer = talk(set);
    customer.say('呜噜');
    customer.say('没网', {}, 'fault');
    expect(customer.say('咕噜')[0]).toBe('<not-understood>');
  });

  it('between two close concerns are cleared up, and what was said is kept', () => {
    const candidates = [
      { intent: 'fault', probability: 0.5 },
      { intent: 'price', probability: 0.45 },
    ];
    const customer = talk(set);
    expect(customer.say('网', { candidates, isClose: true, entities: [home] })).toEqual([
      '<which-one>faultprice',
    ]);
    customer.say('第一个');
    expect(customer.slots.said).toBe('网 第一个');
    expect(customer.slots.address).toMatchObject({ full: '中山路3栋' });
    expect(customer.step).toBe('repair/light');
  });

  it('do not lose who and where, said before the concern was understood', () => {
    const customer = talk(set);
    expect(customer.say('中山路3栋', { entities: [home] })).toEqual(['<what-i-can-do>']);
    customer.say('没网', {}, 'fault');
    expect(customer.step).toBe('repair/light');
  });

  it('of a fact that speaks for a concern by itself are asked about', () => {
    const customer = talk(set);
    expect(customer.say('那个灯', { entities: [entity('light', { colour: 'red' })] })).toEqual([
      '<did-you-mean>fault',
    ]);
    customer.say('对', {}, 'affirm');
    expect(customer.step).toBe('repair/where');
  });

  it('of something likely are asked about', () => {
    const customer = talk(set);
    const candidates = [{ intent: 'price', probability: 0.6 }];
    expect(customer.say('那个', { candidates })).toEqual(['<did-you-mean>price']);
    expect(customer.say('不是', {}, 'deny')).toEqual(['<what-i-can-do>']);
    expect(customer.say('那个', { candidates })).toEqual(['<offer-human>']);
  });
});

describe('a human', () => {
  it.each([
    ['with nothing open', () => talk(set), null],
    ['at a question', atLight, 'light'],
    ['while a call is on its way, which goes on by itself', atTest, null],
  ])('is called on the first request %s', (_when, begin, resumeAt) => {
    const customer = begin();
    expect(customer.say('人工', {}, 'talk-to-human')).toEqual(['<handing-over>']);
    const handoff = { type: 'handoff', reason: 'customer-asked', priority: 'normal', resumeAt };
    expect(customer.effects).toContainEqual(handoff);
  });

  it('is not promised when nobody is on duty', () => {
    const customer = atLight();
    const understanding = meaning('人工', {}, 'talk-to-human');
    const event = { type: 'utterance', understanding, hasAttachment: false } as const;
    expect(customer.send(event, { isStaffed: false })).toEqual([]);
  });

  it('comes sooner to somebody upset, who hears of it once', () => {
    const customer = talk(set);
    expect(customer.say('气死了没网', { isUpset: true }, 'fault')).toEqual(['哪里', '<human-any-time>']);
    expect(customer.say('多少钱', { isUpset: true }, 'price')).toEqual(['哪种']);
    customer.say('人工', { isUpset: true }, 'talk-to-human');
    expect(customer.effects).toContainEqual(expect.objectContaining({ type: 'handoff', priority: 'high' }));
  });

  it('gives the conversation back at a step, or where it stood', () => {
    const customer = atLight();
    expect(customer.send({ type: 'resume', dialog: null, step: null })).toEqual(['灯亮吗']);
    expect(customer.send({ type: 'resume', dialog: null, step: 'phone' })).toEqual(['电话']);
    expect(customer.send({ type: 'resume', dialog: null, step: 'no-such' })).toEqual(['电话']);
  });

  it('does not make a call twice by giving back at the step of a call on its way', () => {
    const customer = atTest();
    customer.send({ type: 'resume', dialog: null, step: 'test' });
    expect(customer.effects.filter(({ type }) => type === 'call')).toEqual([]);
  });
});

describe('a wish for a human beside a concern', () => {
  it.each([
    [0.95, true],
    [0.8, false],
  ])('of probability %d counts: %s', (probability, isWish) => {
    const customer = talk(set);
    const intents = [
      { intent: 'talk-to-human', probability },
      { intent: 'fault', probability: 1 },
    ];
    customer.say('你跟我说，没网了', { intents });
    expect(customer.effects.some(({ type }) => type === 'handoff')).toBe(isWish);
  });
});

describe('danger', () => {
  it.each(['physical', 'self-harm', 'emergency-call', 'scam'] as const)(
    '%s comes before everything',
    (danger) => {
      const customer = atTest();
      expect(customer.say('人工', { danger }, 'talk-to-human')).toEqual([`<danger-${danger}>`]);
      expect(customer.effects).toContainEqual(
        expect.objectContaining({ type: 'handoff', priority: 'danger' }),
      );
    },
  );
});

describe('calls', () => {
  it('let messages run as usual while they are awaited', () => {
    const customer = atTest();
    expect(customer.say('嗯')).toEqual(['<waiting>']);
    expect(customer.say('13800138000', { entities: [phone] })).toEqual(['<noted>']);
    expect(customer.say('多少钱', {}, 'price')).toEqual(['哪种']);
  });

  it('wait with their outcome until a digression is over', () => {
    const customer = atTest();
    const call = customer.effects.find((effect) => effect.type === 'call');
    if (call?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = call;
    customer.say('多少钱', {}, 'price');
    const result = { type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } } as const;
    expect(customer.send(result)).toEqual([]);
    expect(customer.say('甲')).toEqual(['一百元', '结果low-light', '行吗']);
  });

  it.each([
    ['timeout', { type: 'timeout' } as const, '超时了'],
    ['error', { type: 'error', code: 'x' } as const, '没测成'],
    [
      'a value that the operation does not promise',
      { type: 'ok', value: { verdict: 'great' } } as const,
      '没测成',
    ],
  ])('go on after %s, and what comes later changes nothing', (_name, outcome, said) => {
    const customer = atTest();
    const call = customer.effects.find((effect) => effect.type === 'call');
    if (call?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = call;
    expect(customer.send({ type: 'call-result', frameId, callId, outcome })).toEqual([said, '行吗']);
    const before = structuredClone(customer.state);
    const late = { type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } } as const;
    expect(customer.send(late)).toEqual([]);
    expect(customer.state).toEqual(before);
  });

  it('are made again for a corrected address, and the outcome of the first changes nothing', () => {
    const customer = atTest();
    const first = customer.effects.find((effect) => effect.type === 'call');
    customer.say('不对，是5栋', { entities: [part({ building: '5栋' })] });
    const second = customer.effects.find((effect) => effect.type === 'call');
    expect(second).toMatchObject({ args: { address: '中山路5栋' } });
    if (first?.type !== 'call') throw new Error('no call');
    const { frameId, callId } = first;
    expect(
      customer.send({ type: 'call-result', frameId, callId, outcome: { type: 'ok', value: WEAK } }),
    ).toEqual([]);
    expect(customer.step).toBe('repair/test');
  });

  it('have a clock of their own', () => {
    const customer = atTest();
    expect(customer.effects).toContainEqual(
      expect.objectContaining({ type: 'timer', subject: 'call', dueAt: TEN + 60_000 }),
    );
  });
});

describe('what has no words', () => {
  it('is greeted once', () => {
    const customer = talk(set);
    expect(customer.say('喂', {}, 'greet')).toEqual(['<greeting>']);
    expect(customer.say('在吗', {}, 'greet')).toEqual(['<here>']);
    for (const text of ['。。。', '???', '']) expect(customer.say(text)).toEqual(['<here>']);
  });

  it('is acknowledged', () => {
    const customer = talk(set);
    expect(customer.say('😭')).toEqual(['<wordless>']);
    expect(customer.say('🙏')).toEqual(['<thanks>']);
    const picture = { type: 'utterance', understanding: meaning(''), hasAttachment: true } as const;
    expect(customer.send(picture)).toEqual(['<attachment>']);
  });

  it('leaves the open question open', () => {
    const customer = atLight();
    const picture = { type: 'utterance', understanding: meaning(''), hasAttachment: true } as const;
    expect(customer.send(picture)).toEqual(['<attachment>', '灯亮吗']);
    expect(customer.say('。。。')).toEqual(['<here>', '灯亮吗']);
    expect(customer.say('谢谢', {}, 'thanks')).toEqual(['<thanks>', '灯亮吗']);
  });
});

describe('silence', () => {
  it('is broken once in a session', () => {
    const customer = atLight();
    expect(customer.send({ type: 'silence' })).toEqual(['<reminder>', '灯亮吗']);
    expect(customer.send({ type: 'silence' })).toEqual([]);
    customer.say('嗯嗯呜');
    expect(
      customer.effects.filter((effect) => effect.type === 'timer' && effect.subject === 'silence'),
    ).toEqual([]);
  });

  it('is minded while a question is open and no longer once the customer writes', () => {
    const customer = atWhere();
    expect(customer.effects).toContainEqual(expect.objectContaining({ type: 'timer', id: 'silence' }));
    customer.say('算了', {}, 'cancel');
    expect(customer.effects).toEqual([{ type: 'cancel-timer', id: 'silence' }]);
  });

  it('with nothing open is left alone', () => {
    expect(talk(set).send({ type: 'silence' })).toEqual([]);
  });

  it('of a day is followed by the offer to go on', () => {
    const customer = atLight();
    const later = { now: TEN + 24 * 3600_000 };
    const hello = {
      type: 'utterance',
      understanding: meaning('你好', {}, 'greet'),
      hasAttachment: false,
    } as const;
    expect(customer.send(hello, later)).toEqual(['<session-resumed>报修']);
    expect(customer.send({ ...hello, understanding: meaning('接着办', {}, 'affirm') }, later)).toEqual([
      '灯亮吗',
    ]);
  });
});

describe('language', () => {
  it('follows the customer from the message on, and not a lone number', () => {
    const customer = atWhere();
    expect(customer.say('in Zhongshan Road', { locale: 'en', entities: [home] }, undefined)).toEqual([
      'Is the light on',
    ]);
    customer.say('1', { locale: 'zh' });
    expect(customer.state.locale).toBe('en');
    customer.say('[验证码]', { locale: 'zh' });
    expect(customer.state.locale).toBe('en');
    customer.say('好的', { locale: 'zh' }, 'affirm');
    expect(customer.state.locale).toBe('zh');
  });
});

describe('the interpreter', () => {
  it('does not touch the state that it is given', () => {
    const { state } = atLight();
    const before = structuredClone(state);
    const event = { type: 'utterance', understanding: meaning('亮'), hasAttachment: false } as const;
    advance(set, state, event, context);
    expect(state).toEqual(before);
  });

  it('opens a dialog by name once', () => {
    const customer = talk(set, newDialogState('zh'));
    expect(customer.send({ type: 'start', dialog: 'price' })).toEqual(['哪种']);
    expect(customer.send({ type: 'start', dialog: 'price' })).toEqual(['哪种']);
    expect(customer.state.frames).toHaveLength(1);
    expect(customer.send({ type: 'start', dialog: 'no-such' })).toEqual(['哪种']);
  });
});
