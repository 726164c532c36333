import type { Content } from '../../../src/content/content';
import type { ConversationState } from '../../../src/contract/conversation';
import { describeBot } from '../../../src/turns/conversation/describe-bot';

const both = (zh: string, en = zh) => ({ zh, en });
const dialog = {
  id: 'fault',
  name: both('报障', 'Fault'),
  slots: {
    address: { name: both('地址', 'address') },
    fibre: { name: both('光纤', 'fibre') },
    code: { name: both('验证码', 'code'), entity: 'one-time-code' },
  },
  steps: [
    {
      id: 'where',
      type: 'ask',
      slot: 'address',
      prompt: both('{% if slots.fibre %}请问{% endif %}在哪？', 'Where?'),
    },
    {
      id: 'look',
      type: 'choose',
      slot: 'fibre',
      prompt: both('光纤松了吗？', 'Loose?'),
      options: [{ value: 'fine', label: both('没有', 'No') }],
    },
    { id: 'done', type: 'end' },
  ],
};
// What is read of a content version and of a state; the rest is not looked at.
const content = {
  dialogs: {
    dialogs: new Map([['fault', dialog]]),
    intentNames: new Map([['fault-no-internet', both('断网', 'No internet')]]),
  },
} as unknown as Content;
const stateOf = (frames: unknown[]) =>
  ({
    dialog: { frames, misunderstood: 2, humanOfferedAt: 7 },
    orders: [],
    customer: null,
  }) as unknown as ConversationState;

const reading = { timeZone: 'Asia/Shanghai', now: 0 };

describe('what the bot did, in words', () => {
  it('names the matter, what is known with the words of the choices, and where it stood; secrets stay out', () => {
    const slots = {
      intent: 'fault-no-internet',
      address: { full: '中山路' },
      fibre: 'fine',
      code: '123456',
      light: null,
    };
    const frame = { dialog: 'fault', step: 'look', slots, attempts: { look: 2 } };
    expect(describeBot(content, stateOf([frame]), reading)).toEqual({
      dialogs: [
        {
          dialog: 'fault',
          name: both('断网', 'No internet'),
          step: 'look',
          question: both('光纤松了吗？', 'Loose?'),
          failures: 2,
          slots: [
            { name: 'address', label: both('地址', 'address'), value: { full: '中山路' } },
            { name: 'fibre', label: both('光纤', 'fibre'), value: both('没有', 'No') },
          ],
        },
      ],
      resumeSteps: [
        { step: 'where', label: both('请问在哪？', 'Where?') },
        { step: 'look', label: both('光纤松了吗？', 'Loose?') },
      ],
      misunderstood: 2,
      upsetAt: 7,
    });
  });

  it('says nothing where nothing is open, and survives a dialog that is gone', () => {
    expect(describeBot(content, stateOf([]), reading)).toMatchObject({ dialogs: [], resumeSteps: [] });
    const gone = { dialog: 'gone', step: 'x', slots: { a: 1 }, attempts: {} };
    expect(describeBot(content, stateOf([gone]), reading).dialogs).toMatchObject([
      { name: both('gone'), question: null },
    ]);
  });
});
