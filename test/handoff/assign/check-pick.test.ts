import { checkPick, type Picking } from '../../../src/handoff/assign/check-pick';

const full = { openCount: 4, presence: { status: 'online' as const, reason: null, capacity: 4 } };
const pick: Picking = { agent: full, offers: [], conversationId: 'c', isDanger: false, reason: null };
const offer = { conversationId: 'c' } as Picking['offers'][number];

describe('taking one more than one’s own number', () => {
  it.each<[string, Partial<Picking>, 'allow' | 'ask' | 'refuse', boolean | RegExp]>([
    ['is asked about', {}, 'ask', /say why/],
    ['is done with a reason, which is to be kept', { reason: 'x' }, 'ask', true],
    ['is refused with any reason', { reason: 'x' }, 'refuse', /finish one/],
    ['is nobody’s business', {}, 'allow', false],
    ['is done in danger', { isDanger: true }, 'refuse', false],
    ['is done when it was offered', { offers: [offer] }, 'refuse', false],
    ['is not what somebody with room does', { agent: { ...full, openCount: 3 } }, 'refuse', false],
    ['is not known of whoever said nothing yet', { agent: null }, 'refuse', false],
  ])('%s', (_name, change, pickBeyondCapacity, expected) => {
    const check = () => checkPick({ ...pick, ...change }, { pickBeyondCapacity });
    if (expected instanceof RegExp) expect(check).toThrow(expected);
    else expect(check()).toBe(expected);
  });
});
