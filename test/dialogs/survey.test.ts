import { advance } from '../../src/dialogs/advance';
import { readScore } from '../../src/dialogs/survey';
import { context, dialogSet, talk } from '../support/dialogs';

const SURVEY = `
id: survey
name: { zh: 评价, en: rating }
slots: { score: { name: { zh: 评分, en: score } } }
steps:
  - id: ask
    type: survey
    slot: score
    prompt: { zh: 您打几分？, en: How was it? }
    labels:
      - { zh: 1 分 很不满意, en: 1 very bad }
      - { zh: 2 分 不满意, en: 2 bad }
      - { zh: 3 分 一般, en: 3 so-so }
      - { zh: 4 分 满意, en: 4 good }
      - { zh: 5 分 很满意, en: 5 very good }
    next: judge
  - id: judge
    type: branch
    cases: [{ when: slots.score <= 2, next: sorry }]
    otherwise: thanks
  - { id: sorry, type: end, text: { zh: 对不起, en: Sorry } }
  - { id: thanks, type: end, text: { zh: 谢谢, en: Thanks } }
`;
const PLACE = `
id: fault
name: { zh: 报修, en: report }
intents: [fault]
slots: { place: { name: { zh: 地点, en: place }, entity: text } }
steps:
  - { id: where, type: ask, slot: place, prompt: { zh: "在哪里？", en: Where? }, next: over }
  - { id: over, type: end, text: { zh: 好, en: Fine } }
`;
const set = dialogSet({ 'survey.yaml': SURVEY, 'fault.yaml': PLACE }, ['fault']);

function asked() {
  const conversation = talk(set);
  const replies = advance(set, conversation.state, { type: 'start', dialog: 'survey' }, context);
  conversation.state = replies.state;
  return { conversation, asking: replies };
}

describe('a rating', () => {
  it('is asked with an answer to tap for each score, and nobody is reminded of it', () => {
    const { asking } = asked();
    expect(asking.replies).toMatchObject([{ text: '您打几分？', isRating: true }]);
    expect(asking.replies[0]?.quickReplies).toHaveLength(5);
    expect(asking.effects).toEqual([]);
  });

  it.each([
    ['5', 5, '谢谢'],
    ['2 分 不满意', 2, '对不起'],
  ])('is taken, and the dialog goes on by it: %s', (text, score, reply) => {
    const { conversation } = asked();
    conversation.say(text);
    expect(conversation.effects).toContainEqual({ type: 'rating', score });
    expect(conversation.said).toEqual([reply]);
  });

  it('makes way for whatever else the customer says, and is not asked again', () => {
    const { conversation } = asked();
    conversation.say('又断网了', {}, 'fault');
    expect(conversation.said).toEqual(['在哪里？']);
    expect(conversation.effects.some(({ type }) => type === 'rating')).toBe(false);
    conversation.say('中山路');
    expect(conversation.said).toEqual(['好']);
  });

  it.each([
    ['5', 5],
    ['５', 5],
    ['4分', 4],
    ['给五星吧', 5],
    ['打3分', 3],
    ['4/5', 4],
    ['⭐⭐⭐', 3],
    ['★★★★★', 5],
    ['非常满意', 5],
    ['满意', 4],
    ['不太满意', 2],
    ['不满意', 2],
    ['很不满意', 1],
    ['一般般', 3],
    ['very good', 5],
    ['3 stars', 3],
    ['2 分 不满意', 2],
    ['1 very bad', 1],
    ['一般吧，3分', 3],
    ['5分，谢谢师傅！', 5],
    ['Good, thanks.', 4],
  ])('is read from %s', (text, score) => {
    expect(readScore(text)).toBe(score);
  });

  it.each([
    '0',
    '6',
    '10',
    '10分',
    '-1',
    '3.5',
    '5.5',
    '3分，网又断了',
    '5分，不满意',
    '谢谢',
    '',
    '在吗',
    '5楼501',
    '13800138000',
    '上次给过5分了现在又断网了',
    '断了3天了',
  ])('is not read from "%s"', (text) => {
    expect(readScore(text)).toBeNull();
  });
});
