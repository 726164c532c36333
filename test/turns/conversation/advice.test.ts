import type { Entry } from '../../../src/contract/conversation';
import type { Advice } from '../../../src/contract/understanding';
import { createConversationTurn } from '../../../src/turns/conversation/conversation-turn';
import type { AdviceQuestion } from '../../../src/understanding/language-model/advisor';
import { smallContent, startConversation } from '../../support/conversation';
import { shippedPolicies } from '../../support/policies';

/** Turns with a language model: asked only about what nobody understood, and its advice is an input of a fresh run. */
function withModel(advice: Advice | null) {
  const asked: AdviceQuestion[] = [];
  const settings = {
    timeZone: 'Asia/Shanghai',
    policies: shippedPolicies,
    pickContent: (version: string | null) => smallContent(version ?? 'v1'),
  };
  const turn = createConversationTurn({
    ...settings,
    advise: async (question) => {
      asked.push(question);
      return advice;
    },
  });
  const plain = startConversation();
  let position = 0;
  async function say(text: string, extra: Partial<Entry> = {}): Promise<string[]> {
    const entry = plain.entryOf({ type: 'message', text, from: { id: 'dl_customer', name: '欧阳' } }, extra);
    position += 1;
    return plain.take(await turn.run({ conversationId: 'conv', state: plain.json, entry, position }));
  }
  return { asked, say, conversation: plain };
}

const concern: Advice = { type: 'intent', intent: 'fault' };
const answer: Advice = {
  type: 'answer',
  text: '携号转网前要结清欠费。',
  sources: [{ id: 'p', title: '携号转网', source: '工信部规定' }],
};

describe('a turn with a language model', () => {
  it('asks it about a message that nobody understood, with all that it may choose from', async () => {
    const { asked, say } = withModel(concern);
    expect(await say('那个啥')).toEqual(['did-you-mean']);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      conversationId: 'conv',
      text: '那个啥',
      locale: 'zh',
      intents: [
        { id: 'fault', name: '故障' },
        { id: 'coverage', name: '查覆盖' },
      ],
      question: null,
      names: ['欧阳', null, null],
    });
  });

  it('tells it which question is open, and asks the customer whether that was the answer', async () => {
    const { asked, say, conversation } = withModel({ type: 'words', text: '还不行', entities: [] });
    await say('坏了');
    await say('阳光小区');
    conversation.answer({ type: 'ok', value: { verdict: 'ok', rxPowerDbm: null, speedMbps: null } });
    expect(await say('一点动静都没得')).toEqual(['did-you-say']);
    expect(asked[0]?.question).toEqual({ text: '好了吗？', options: ['好了', '还不行'], slots: [] });
    expect(conversation.state.dialog?.frames[0]?.step).toBe('verify');
  });

  it('does not ask it about what is understood, and runs at once', () => {
    const turn = createConversationTurn({
      timeZone: 'Asia/Shanghai',
      policies: shippedPolicies,
      pickContent: () => smallContent(),
      advise: () => Promise.reject(new Error('must not be asked')),
    });
    const plain = startConversation();
    for (const text of ['坏了', '人工', '触电', '谢谢', '算了']) {
      const entry = plain.entryOf({ type: 'message', text, from: { id: 'u' } });
      expect(turn.run({ conversationId: 'conv', state: '', entry, position: 1 })).not.toBeInstanceOf(Promise);
    }
  });

  it('does not ask it while a human has the conversation', async () => {
    const { asked, say, conversation } = withModel(concern);
    await say('人工');
    conversation.agent('claim');
    await say('那个啥');
    expect(asked).toHaveLength(0);
  });

  it('is what it was without it when it makes nothing of the message', async () => {
    const { say, conversation } = withModel(null);
    const plain = startConversation();
    expect(await say('那个啥')).toEqual(
      plain.run({ type: 'message', text: '那个啥', from: { id: 'dl_customer', name: '欧阳' } }),
    );
    expect(conversation.state).toEqual(plain.state);
  });

  it('does everything once, however often it runs', async () => {
    const { say, conversation } = withModel(concern);
    await say('那个啥');
    expect(conversation.state.dialog?.misunderstood).toBe(1);
    expect(conversation.records('session')).toHaveLength(1);
    const ids = conversation.last?.commands.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('marks what the model wrote for clients and for the transcript', async () => {
    const { say, conversation } = withModel(answer);
    await say('咋转网');
    expect(conversation.last?.replies).toEqual([
      expect.objectContaining({ text: 'model-answer', channelData: { writtenBy: 'model' } }),
    ]);
  });

  it('marks it on channels that must be sent every reply, too', async () => {
    const { say, conversation } = withModel(answer);
    await say('咋转网', { channel: 'wechat' });
    expect(conversation.last?.replies[0]?.channelData).toEqual({
      writtenBy: 'model',
      deliveryId: expect.any(String),
    });
  });
});
