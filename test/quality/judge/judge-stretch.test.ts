import fc from 'fast-check';
import type { QualityFindingKind } from '../../../src/contract/quality';
import { judgeStretch } from '../../../src/quality/judge/judge-stretch';
import type { Material } from '../../../src/quality/judge/stretch';
import { shippedRules } from '../../support/quality';

const BEGAN = Date.UTC(2026, 10, 24, 2);
const SECOND = 1000;

type Said = [second: number, role: 'user' | 'bot' | 'agent', text: string];

const stretch = (said: Said[], given: Partial<Material> = {}): Material => ({
  id: 'c1:h:3',
  kind: 'human',
  conversationId: 'c1',
  sessionId: 's1',
  agentId: 'a1',
  channel: 'web',
  dialog: null,
  beganAt: BEGAN,
  endedAt: BEGAN + 600 * SECOND,
  lines: said.map(([second, role, text], i) => ({
    position: i + 1,
    at: BEGAN + second * SECOND,
    role,
    text,
  })),
  provedAt: BEGAN,
  tasks: [],
  isClosed: false,
  disposition: null,
  rating: null,
  humanAt: [],
  isComplaint: false,
  sessionsBefore: 0,
  accountMadeAt: 0,
  ...given,
});
const judge = (material: Material, now = material.endedAt) => judgeStretch(material, shippedRules, now);
const kinds = (material: Material, now?: number): QualityFindingKind[] =>
  judge(material, now).findings.map(({ kind }) => kind);

describe('what is found by rule', () => {
  it('finds nothing in good service', () => {
    const good = stretch([
      [5, 'agent', '您好，我是陈静，前面的记录我都看过了。'],
      [30, 'user', '什么时候修好'],
      [60, 'agent', '今天 18:40 前修好，师傅已经出发。'],
      [70, 'user', '好的谢谢'],
    ]);
    const judged = judge({ ...good, isClosed: true, disposition: 'fault/order-made' });
    expect(judged.findings).toEqual([]);
    expect(judged.measures).toEqual({
      firstReplyMs: 5000,
      longestSilenceMs: 30_000,
      customerLines: 2,
      ownLines: 2,
    });
  });

  it('measures the first reply from the claim, and every wait after a customer’s word', () => {
    const slow = stretch([
      [61, 'agent', '您好'],
      [100, 'user', '还在吗'],
      [200, 'user', '喂'],
      [281, 'agent', '在的'],
    ]);
    expect(judge(slow).findings).toEqual([
      { kind: 'silence', position: 2, from: null, to: null, seconds: 181 },
      { kind: 'slow-first-reply', position: null, from: null, to: null, seconds: 61 },
    ]);
    // Nobody ever answered, and whoever says goodbye waits for nothing.
    expect(kinds(stretch([[5, 'user', '有人吗']]))).toEqual(['slow-first-reply']);
    const bye: Said[] = [
      [5, 'agent', '办好了'],
      [9, 'user', '谢谢，再见'],
    ];
    expect(kinds(stretch(bye))).toEqual([]);
  });

  it.each<[string, QualityFindingKind]>([
    ['这个不归我管', 'forbidden'],
    ['您有病吧', 'insult'],
    ['别投诉了，没用', 'appeal-discouraged'],
    ['验证码告诉我', 'personal-data-asked'],
    ['您的号码是 13800138000', 'personal-data-sent'],
    ['点 http://bad.example/x', 'unlisted-link'],
    ['修好后我给您回电', 'promise-without-task'],
  ])('finds, with its place: %s', (text, kind) => {
    const [finding, ...others] = judge(stretch([[5, 'agent', text]])).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind, position: 1 });
    expect(text.slice(finding?.from ?? 0, finding?.to ?? 0).length).toBeGreaterThan(1);
    // A customer may say all of it.
    expect(
      kinds(
        stretch([
          [2, 'agent', '您好'],
          [5, 'user', text],
          [6, 'agent', '好'],
        ]),
      ),
    ).toEqual([]);
  });

  it('takes account data before a proof for a leak, and none after it', () => {
    const said: Said[] = [[5, 'agent', '您的余额还有 35 元']];
    expect(kinds(stretch(said, { provedAt: null }))).toEqual(['account-data-unproven']);
    expect(kinds(stretch(said, { provedAt: BEGAN + 6 * SECOND }))).toEqual(['account-data-unproven']);
    expect(kinds(stretch(said, { provedAt: BEGAN + 4 * SECOND }))).toEqual([]);
  });

  it('holds promises against tasks, and tasks against time', () => {
    const said: Said[] = [[5, 'agent', '修好后我给您回电']];
    const task = { createdAt: BEGAN, dueAt: BEGAN + 3600 * SECOND, doneAt: null };
    const promised = stretch(said, { tasks: [task] });
    expect(kinds(promised)).toEqual([]);
    expect(kinds(promised, task.dueAt + 1)).toEqual(['promise-broken']);
    expect(kinds({ ...promised, tasks: [{ ...task, doneAt: task.dueAt }] }, task.dueAt + 1)).toEqual([]);
  });

  it('wants a closed conversation filed, and not one that was passed on', () => {
    const said: Said[] = [[5, 'agent', '您好']];
    expect(kinds(stretch(said, { isClosed: true }))).toEqual(['no-disposition']);
    expect(kinds(stretch(said))).toEqual([]);
  });

  it('judges the bot by its circles, and by how it lets go', () => {
    const bot = { id: 'c1:b:s1', kind: 'bot', agentId: null, provedAt: null } as const;
    const circle: Said[] = [1, 2, 3].flatMap((n): Said[] => [
      [n * 10, 'user', `第 ${n} 次`],
      [n * 10 + 1, 'bot', '请问是哪个小区？'],
    ]);
    expect(judge(stretch(circle, bot)).findings).toMatchObject([{ kind: 'same-line', position: 6 }]);
    const asked: Said[] = [
      [1, 'user', '转人工'],
      [2, 'bot', '请问是什么问题？'],
      [3, 'user', '就要人工'],
      [4, 'bot', '您先说一下？'],
      [5, 'user', '……'],
      [6, 'bot', '嗯？'],
    ];
    expect(judge(stretch(asked, bot)).findings).toMatchObject([{ kind: 'human-withheld', position: 1 }]);
    expect(kinds(stretch(asked, { ...bot, humanAt: [BEGAN + 4 * SECOND] }))).toEqual([]);
  });
});

describe('what people look at', () => {
  it('is drawn by reasons, the same each time', () => {
    const said: Said[] = [[5, 'agent', '您好']];
    expect(judge(stretch(said, { rating: 2 })).sampledBecause).toContain('low-rating');
    expect(judge(stretch(said, { rating: 3 })).sampledBecause).not.toContain('low-rating');
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 5 }), (id, rating) => {
        const material = stretch(said, { id, rating, isComplaint: rating === 5 });
        const first = judge(material);
        expect(judge(material)).toEqual(first);
        expect(first.wanted > 0).toBe(first.sampledBecause.length > 0);
      }),
    );
  });

  it('comes near its shares', () => {
    const ids = Array.from({ length: 4000 }, (_, i) => `c${i}:h:1`);
    const drawn = ids.map((id) => judge(stretch([[5, 'agent', '您好']], { id, isComplaint: true })));
    const shareOf = (holds: (one: (typeof drawn)[number]) => boolean) =>
      drawn.filter(holds).length / ids.length;
    expect(shareOf(({ sampledBecause }) => sampledBecause.includes('complaint'))).toBeCloseTo(0.3, 1);
    expect(shareOf(({ sampledBecause }) => sampledBecause.includes('random'))).toBeCloseTo(0.03, 1);
    const sampled = drawn.filter(({ wanted }) => wanted > 0);
    expect(sampled.filter(({ wanted }) => wanted === 2).length / sampled.length).toBeCloseTo(0.1, 1);
  });
});
