import type { ConversationState } from '../../src/contract/conversation';
import { viewOf } from '../../src/handoff/conversation-view';
import { startConversation } from '../support/conversation';
import { recordOf } from '../support/moving';

const view = (customer: ConversationState['customer'], isRevealed = false) => {
  const talk = startConversation();
  talk.say('坏了');
  return viewOf({
    state: { ...talk.state, customer },
    log: [],
    orders: [],
    deliveries: new Map(),
    isRevealed,
    signFiles: (activity) => activity,
  });
};

const linked: ConversationState['customer'] = {
  id: 'u',
  name: '王芳',
  phone: '13800138000',
  accounts: ['kd13800138000'],
  proof: 'one-time-code',
  provedAt: 5,
  record: recordOf({ channels: [{ channel: 'wechat', provedAt: 5 }] }),
};

describe('what an agent sees of the customer', () => {
  it('says by what it is proven who speaks, and which channels are linked, masked', () => {
    const seen = view(linked);
    expect(seen.verified).toEqual({ by: 'one-time-code', at: 5, phone: '138****8000' });
    expect(seen.linkedChannels).toEqual([{ channel: 'wechat', provedAt: 5 }]);
    expect(seen.customer).toMatchObject({ name: '王*', record: { name: '王*', address: null } });
    expect(JSON.stringify(seen)).not.toMatch(/王芳|13800138000|中山路/);
  });

  it('shows name and phone in full to who gave a reason', () => {
    expect(view(linked, true).customer).toMatchObject({ name: '王芳', phone: '13800138000' });
  });

  it('says that nobody is verified, and that nothing is linked', () => {
    expect(view(null)).toMatchObject({ customer: null, verified: null, linkedChannels: [] });
    const guest = { id: 'u', name: null, phone: null, accounts: [] };
    expect(view(guest)).toMatchObject({ verified: null, linkedChannels: [] });
  });
});
