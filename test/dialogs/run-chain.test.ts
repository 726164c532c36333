import { dialogSet, talk } from '../support/dialogs';
import { entity, home, part } from './repair-set';

const OUTER = `
id: outer
name: { zh: 办事, en: errand }
intents: [fault]
slots:
  address:
    name: { zh: 地址, en: address }
    entity: address
    notAfter: [从]
    onCorrect: { forget: [looked], next: look }
  plan: { name: { zh: 套餐, en: plan } }
  looked: { name: { zh: 查过, en: looked } }
shortcuts: [{ words: [不弄了], next: stopped }]
steps:
  - { id: where, type: ask, slot: address, prompt: { zh: 哪里, en: Where }, next: look }
  - { id: look, type: set, values: { looked: "true" }, next: which }
  - id: which
    type: choose
    slot: plan
    prompt: { zh: 哪个, en: Which }
    options:
      - { value: small, label: { zh: 小的, en: Small }, mentions: [小套餐] }
      - { value: big, label: { zh: 大的, en: Big }, mentions: [大套餐] }
    next: pick
  - { id: pick, type: run, dialog: inner, next: done }
  - { id: done, type: end, text: { zh: "{{ slots.address.full }}，{{ slots.plan }}", en: done } }
  - { id: stopped, type: end, text: { zh: 停下了, en: stopped } }
`;
const INNER = `
id: inner
name: { zh: 约时间, en: time }
slots: { time: { name: { zh: 时间, en: time } } }
steps:
  - id: when
    type: choose
    slot: time
    prompt: { zh: 几点, en: When }
    options:
      - { value: early, label: { zh: 早, en: Early }, words: [上午] }
      - { value: late, label: { zh: 晚, en: Late }, words: [下午], intents: [deny] }
    next: over
  - { id: over, type: end }
`;
const set = dialogSet({ 'outer.yaml': OUTER, 'inner.yaml': INNER }, ['fault', 'deny']);

describe('what is said while one dialog runs another', () => {
  function atTime() {
    const customer = talk(set);
    customer.say('断网', { entities: [home] }, 'fault');
    customer.say('小的');
    expect(customer.step).toBe('inner/when');
    return customer;
  }

  it('is a choice of the one that waits, which stays open at its own question', () => {
    const customer = atTime();
    expect(customer.say('还是要大套餐吧')).toEqual(['<corrected>套餐大的', '几点']);
    expect(customer.step).toBe('inner/when');
    expect(customer.say('上午').at(-1)).toBe('中山路3栋，big');
  });

  it('is a correction that leads the one that waits elsewhere, and is no "no"', () => {
    const customer = atTime();
    const said = customer.say('不对，是5栋', { entities: [part({ building: '5栋' })] }, 'deny');
    expect(said[0]).toBe('<corrected>地址中山路5栋');
    expect(customer.step).toBe('inner/when');
    expect(customer.state.frames).toHaveLength(2);
  });

  it('is an answer and a correction at once: the one that waits goes on from what was corrected', () => {
    const customer = atTime();
    const said = customer.say('上午，不对地址是5栋', { entities: [part({ building: '5栋' })] });
    expect(said).toEqual(['<corrected>地址中山路5栋', '几点']);
  });

  it('is a shortcut of the one that waits', () => {
    const customer = atTime();
    expect(customer.say('不弄了')).toEqual(['停下了']);
    expect(customer.step).toBe('none');
  });

  it('is not for a dialog that was only interrupted', () => {
    const customer = talk(set);
    customer.send({ type: 'start', dialog: 'outer' });
    customer.send({ type: 'start', dialog: 'inner' });
    customer.say('不弄了');
    expect(customer.step).toBe('inner/when');
  });
});

describe('a slot that is not meant by what follows a word', () => {
  it('is filled by what is said beside it', () => {
    const customer = talk(set);
    const old = {
      ...entity('address', { full: '人民路1号', road: '人民路', number: '1号' }),
      start: 1,
      end: 6,
    };
    const fresh = { ...home, start: 8, end: 13 };
    customer.say('从人民路1号搬到中山路3栋', { entities: [old, fresh] }, 'fault');
    expect(customer.slots.address).toMatchObject({ road: '中山路' });
  });
});
