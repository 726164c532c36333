import { newItem } from '../../../src/channels/delivery/delivery-item';
import { readDeliveries } from '../../../src/channels/delivery/delivery-view';
import { STATE_SCHEMA } from '../../../src/contract/conversation';
import { viewOf } from '../../../src/handoff/conversation-view';
import { botOwnership } from '../../../src/handoff/ownership';

const item = (id: string, changes: Partial<ReturnType<typeof newItem>> = {}) => ({
  ...newItem({
    id,
    userId: 'service/o1',
    part: { type: 'text', text: 'x', options: [] },
    at: 1,
    mayRepeat: true,
    isNotice: false,
    phone: null,
  }),
  ...changes,
});

describe('what agents see of a delivery', () => {
  it('is that of its worst part, and whether it may have arrived twice', async () => {
    const readAll = async () => [
      item('a#0', { state: 'sent', uncertainSends: 1 }),
      item('a#1', { state: 'held', reason: 'quota' }),
      item('b#0', { state: 'uncertain', reason: 'timeout', uncertainSends: 1 }),
      item('c#0', { state: 'sending' }),
      item('d#0', { state: 'not-delivered', reason: 'window' }),
    ];
    expect(Object.fromEntries(await readDeliveries([{ readAll }], 'conv'))).toEqual({
      a: { state: 'held', reason: 'quota', mayBeDouble: true },
      b: { state: 'uncertain', reason: 'timeout', mayBeDouble: false },
      c: { state: 'on-its-way', reason: null, mayBeDouble: false },
      d: { state: 'not-delivered', reason: 'window', mayBeDouble: false },
    });
  });

  it('stands beside the line that it is about', () => {
    const delivery = { state: 'not-delivered', reason: 'window', mayBeDouble: false } as const;
    const reply = {
      type: 'message',
      text: 'hello',
      from: { id: 'bot' },
      channelData: { deliveryId: 'd' },
    } as const;
    const view = viewOf({
      state: {
        schema: STATE_SCHEMA,
        conversationId: 'conv',
        channel: 'wechat',
        user: { id: 'service/o1', name: null },
        customer: null,
        session: null,
        dialog: null,
        ownership: botOwnership(1),
        orders: [],
        heldResults: [],
        queueNotedAt: null,
        lastText: '',
        clocks: [],
        policiesHash: null,
        stuckTurns: 0,
      },
      log: [
        { position: 1, activity: { type: 'message', text: 'hi', from: { id: 'service/o1' } } },
        { position: 2, activity: reply },
      ],
      orders: [],
      deliveries: new Map([['d', delivery]]),
      isRevealed: false,
      signFiles: (activity) => activity,
    });
    expect(view.transcript).toMatchObject([{ text: 'hi' }, { text: 'hello', delivery }]);
  });
});
