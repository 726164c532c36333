import type { Bulletin } from '../../../src/contract/bulletins';
import { smallContent, startConversation } from '../../support/conversation';
import { meaning, TEN } from '../../support/dialogs';

const GULOU = { province: '江苏省', city: '南京市', district: '鼓楼区', area: null };
const bulletin = (id: string, changed: Partial<Bulletin> = {}): Bulletin => ({
  id,
  text: { zh: id, en: null },
  places: [],
  channels: null,
  at: TEN,
  untilAt: TEN + 3600_000,
  ...changed,
});
/** Content that understands one address, and says of a bulletin what it is. */
const content = {
  ...smallContent(),
  understand: (text: string) =>
    meaning(
      text,
      {
        danger: text === '触电' ? 'physical' : null,
        entities: text.includes('鼓楼') ? [{ type: 'address', text, start: 0, end: 2, value: GULOU }] : [],
      },
      text === '人工' ? 'talk-to-human' : text === '谢谢' ? 'thanks' : 'fault',
    ),
};
const patterns = {
  ...content.dialogs.patterns,
  bulletin: { zh: '公告{{ text }}', en: 'bulletin {{ text }}' },
};
const shown = { ...content, dialogs: { ...content.dialogs, patterns } };
const begin = () => startConversation({ pickContent: () => shown });
const everywhere = { bulletins: [bulletin('A')] };
const join = { type: 'conversationUpdate' as const, from: { id: 'dl_customer' } };

describe('an emergency bulletin in a conversation', () => {
  it('is told once in a session, before the answer', () => {
    const talk = begin();
    expect(talk.say('坏了', everywhere)).toEqual(['公告A', '在哪里？']);
    expect(talk.say('家里', everywhere)).not.toContain('公告A');
  });

  it('is told at the greeting, which belongs to the session that follows', () => {
    const talk = begin();
    expect(talk.run(join, everywhere)).toEqual(['greeting', '公告A']);
    expect(talk.say('坏了', everywhere)).toEqual(['在哪里？']);
    talk.event('endOfConversation', {});
    talk.now += 31 * 24 * 3600_000;
    expect(talk.say('坏了', everywhere)[0]).toBe('公告A');
  });

  it('is told to those in its places, as soon as it is known where they live', () => {
    const local = { bulletins: [bulletin('L', { places: [GULOU] })] };
    const talk = begin();
    expect(talk.say('坏了', local)).toEqual(['在哪里？']);
    expect(talk.say('鼓楼', local)[0]).toBe('公告L');
  });

  it('is told when a system has found the account, by the area that it lies in', () => {
    const local = { bulletins: [bulletin('L', { places: [{ ...GULOU, area: 'nj-gl-01' }] })] };
    const talk = begin();
    talk.say('坏了', local);
    talk.say('家里', local);
    const value = { verdict: '光路断', customer: { address: '某处', area: 'nj-gl-01' } };
    const { frameId, callId, operation } = talk.openCall();
    const outcome = { type: 'ok', value };
    const answer = { type: 'event', name: 'call.result', from: { id: 'service' } } as const;
    const said = talk.run({ ...answer, value: { frameId, callId, operation, outcome } }, local);
    expect(said[0]).toBe('公告L');
  });

  it('is not told on other channels, nor in Chinese to those who have English', () => {
    const talk = begin();
    const wechat = { bulletins: [bulletin('W', { channels: ['wechat'] })] };
    expect(talk.say('坏了', wechat)).toEqual(['在哪里？']);
    const english = startConversation({ pickContent: () => shown });
    const both = { bulletins: [bulletin('A', { text: { zh: '甲', en: 'Alpha' } }), bulletin('B')] };
    const said = english.run(
      { type: 'message', text: '坏了', locale: 'en', from: { id: 'dl_customer' } },
      both,
    );
    expect(said.slice(0, 2)).toEqual(['bulletin Alpha', 'bulletin B']);
  });

  it('stands behind danger, and does not cut in on a human', () => {
    const talk = begin();
    expect(talk.say('触电', everywhere)[0]).toBe('danger-physical');
    const human = begin();
    human.say('人工');
    expect(human.say('在吗', everywhere)).not.toContain('公告A');
    human.agent('claim');
    expect(human.say('在吗', everywhere)).toEqual([]);
  });

  it('begins nothing when somebody only says thanks at the end', () => {
    const talk = begin();
    expect(talk.say('坏了')).toEqual(['在哪里？']);
    talk.run({ type: 'endOfConversation', from: { id: 'dl_customer' } });
    expect(talk.say('谢谢', everywhere)).not.toContain('公告A');
  });

  it('is told the same when the turn is run again, and its words are no template', () => {
    const hostile = { bulletins: [bulletin('{{ slots.phone }}{% raw %}')] };
    const [one, two] = [begin(), begin()];
    expect(one.say('坏了', hostile)[0]).toBe('公告{{ slots.phone }}{% raw %}');
    two.say('坏了', hostile);
    expect(two.last).toEqual(one.last);
  });
});
