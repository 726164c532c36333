import fc from 'fast-check';
import { type DeskEvent, type DeskState, emptyDesk } from '../../../src/web/agent/state/desk-shape';
import { keepEqual, mergeLines, reduceDesk, unreadOf } from '../../../src/web/agent/state/desk-state';
import type { Account, Conversation, Line, MineRow } from '../../../src/web/agent/state/types';

const line = (position: number, role: Line['from']['role'] = 'user', text = `${position}`): Line => ({
  position,
  type: 'message',
  from: { role },
  text,
});
const view = (transcript: Line[], isRevealed = false): Conversation => ({
  conversationId: 'a',
  channel: 'web',
  user: { name: null },
  customer: null,
  verified: null,
  linkedChannels: [],
  guests: [],
  bulletins: [],
  ownership: {
    owner: 'human',
    epoch: 1,
    agentId: 'me',
    since: 0,
    reason: null,
    priority: 'normal',
    isBotServing: false,
    resumeAt: null,
  },
  locale: 'zh',
  bot: { dialogs: [], resumeSteps: [], misunderstood: 0, upsetAt: null },
  openCalls: [],
  orders: [],
  transcript,
  queuePosition: null,
  sendWindow: null,
  isRevealed,
});
const row = (position: number, isWaiting = false, conversationId = 'a'): MineRow => ({
  conversationId,
  channel: 'web',
  owner: 'human',
  since: 0,
  priority: 'normal',
  reason: null,
  dialog: null,
  lastText: '',
  dueAt: null,
  position,
  isWaiting,
});
const account: Account = { id: 'me', login: '0251', name: '李娜', role: 'agent', permissions: [] };
const play = (events: DeskEvent[], from: DeskState = emptyDesk) => events.reduce(reduceDesk, from);
const read = (
  transcript: Line[],
  page: 'latest' | 'after' | 'before' = 'latest',
  isFirst = true,
): DeskEvent => ({
  type: 'conversation',
  view: view(transcript),
  page,
  isFirst,
});

describe('the state of the desk', () => {
  it('is the same lines whatever pages come in which order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 })), (pages) => {
        const merged = pages.reduce<Line[]>(
          (known, page) =>
            mergeLines(
              known,
              page.map((n) => line(n)),
            ),
          [],
        );
        const positions = [...new Set(pages.flat())].sort((a, b) => a - b);
        expect(merged.map(({ position }) => position)).toEqual(positions);
      }),
    );
  });

  it('takes a line that is read again as it was read last', () => {
    const { loaded } = play([read([line(1, 'agent', 'old')]), read([line(1, 'agent', 'new')], 'after')]);
    expect(loaded.a?.lines).toEqual([line(1, 'agent', 'new')]);
  });

  it('drops what it knew when the newest page leaves a gap, so that nothing seems whole that is not', () => {
    const { loaded } = play([read([line(1), line(2)]), read([line(9)], 'latest', false)]);
    expect(loaded.a).toMatchObject({ lines: [line(9)], isWhole: false });
    expect(play([read([line(1), line(2)]), read([line(3)], 'after', false)]).loaded.a?.isWhole).toBe(true);
  });

  it('counts as unread what came while another was open, and nothing of what was there before', () => {
    const before = play([
      { type: 'signed-in', account },
      { type: 'mine', mine: [row(5), row(3, true, 'b')] },
    ]);
    expect(before.mine.map((each) => unreadOf(before, each))).toEqual([0, 1]);
    const opened = play(
      [
        { type: 'opened', id: 'a' },
        { type: 'mine', mine: [row(9), row(3, true, 'b')] },
      ],
      before,
    );
    expect(opened.mine.map((each) => unreadOf(opened, each))).toEqual([0, 1]);
    const away = play(
      [
        { type: 'opened', id: 'b' },
        { type: 'mine', mine: [row(12), row(3, true, 'b')] },
      ],
      opened,
    );
    expect(away.mine.map((each) => unreadOf(away, each))).toEqual([3, 0]);
  });

  it('keeps rows that have not changed, so that they are not drawn again', () => {
    const known = [row(1), row(2, false, 'b')];
    const fresh = keepEqual(known, [row(1), row(3, false, 'b')]);
    expect(fresh[0]).toBe(known[0]);
    expect(fresh[1]).not.toBe(known[1]);
    expect(keepEqual(known, structuredClone(known))).toBe(known);
  });

  it('keeps drafts over a sign-in that ended, and shows nothing of them to somebody else', () => {
    const draft = { text: '还没发', isNote: false };
    const typed = play([
      { type: 'signed-in', account },
      { type: 'draft', id: 'a', draft },
      { type: 'expired' },
    ]);
    expect(play([{ type: 'signed-in', account }], typed).drafts).toEqual({ a: draft });
    const other = { ...account, id: 'other' };
    expect(play([{ type: 'signed-in', account: other }], typed).drafts).toEqual({});
  });

  it('hides numbers again when another conversation is opened', () => {
    const reveal = {
      type: 'conversation',
      view: view([line(1)], true),
      page: 'latest',
      isFirst: true,
    } as const;
    const opened = play([{ type: 'opened', id: 'a' }, read([line(1)])]);
    const shown = play([reveal, read([line(2)], 'after')], opened);
    expect(shown.loaded.a?.revealed?.isRevealed).toBe(true);
    // What is kept is what was masked.
    expect(shown.loaded.a?.view.isRevealed).toBe(false);
    expect(shown.loaded.a?.lines).toEqual([line(1), line(2)]);
    const left = play([{ type: 'opened', id: 'b' }], shown);
    expect(left.loaded.a?.revealed).toBeNull();
    // Numbers that arrive after somebody has gone on are shown to nobody.
    expect(play([reveal], left).loaded.a?.revealed).toBeNull();
  });

  it('shows nobody as writing who has just said it', () => {
    const typing = play([read([line(1)]), { type: 'customer-typing', id: 'a', until: 99 }]);
    expect(play([read([line(2, 'bot')], 'after')], typing).typingUntil.a).toBe(99);
    expect(play([read([line(3)], 'after')], typing).typingUntil.a).toBe(0);
  });

  it('keeps a message that was refused until it is sent again or taken back', () => {
    const message = { id: 'm', conversationId: 'a', text: '您好', at: 1, fault: null };
    const refused = play([
      { type: 'sending', message },
      { type: 'not-sent', id: 'm', fault: 'forbidden' },
    ]);
    expect(refused.outgoing).toEqual([{ ...message, fault: 'forbidden' }]);
    expect(play([{ type: 'sending', message }], refused).outgoing).toEqual([message]);
    expect(play([{ type: 'taken-back', id: 'm' }], refused).outgoing).toEqual([]);
  });

  it('says the same once', () => {
    const notice: DeskEvent = { type: 'notice', text: 'failed', isBad: true };
    expect(play([notice, notice, { ...notice, text: 'conflict' }]).notices.map(({ text }) => text)).toEqual([
      'failed',
      'conflict',
    ]);
  });
});
