import type { FoundAnswers } from '../../../src/contract/knowledge';
import type { DialogSet } from '../../../src/dialogs/schema';
import { dialogSet } from '../../support/dialogs';

const REPAIR = `
id: repair
name: { zh: 报修, en: repair }
intents: [fault]
slots:
  light: { name: { zh: 灯, en: light } }
  place: { name: { zh: 地点, en: place }, entity: address, isShared: true }
steps:
  - id: ask-light
    type: choose
    slot: light
    prompt: { zh: 灯亮吗？, en: Is the light on? }
    options:
      - { value: "on", label: { zh: 亮, en: On } }
      - { value: "off", label: { zh: 不亮, en: Off } }
    next: ask-place
  - { id: ask-place, type: ask, slot: place, prompt: { zh: 在哪里？, en: Where? }, next: over }
  - { id: over, type: end, text: { zh: 报好了, en: Done } }
`;
const ONLY_HANDS_OVER = `
id: other
name: { zh: 其他, en: other }
intents: [bill]
isAfterKnowledge: true
slots: { go: { name: { zh: 转, en: go } } }
steps:
  - id: offer
    type: choose
    slot: go
    prompt: { zh: 要转人工吗？, en: Hand over? }
    options:
      - { value: "yes", label: { zh: 要, en: "Yes" } }
      - { value: "no", label: { zh: 先不, en: "No" } }
    next: over
  - { id: over, type: end }
`;
const ANSWERS_STEP = `
id: guide
name: { zh: 指南, en: guide }
intents: [guide]
slots: { question: { name: { zh: 问题, en: question }, entity: text } }
steps:
  - { id: first, type: answer, article: lights, otherwise: none, next: ask }
  - { id: ask, type: ask, slot: question, prompt: { zh: 还想问什么？, en: What else? }, next: second }
  - { id: second, type: answer, slot: question, otherwise: none, next: over }
  - { id: none, type: end, text: { zh: 没有答案, en: No answer } }
  - { id: over, type: end, text: { zh: 就这些, en: That is all } }
`;
const article = (id: string, head: string, zh: string): string => `---
id: ${id}
question: { zh: ${id}问, en: ${id} question }
variants: { zh: [${id}怎么看], en: [how about ${id}] }
source: { zh: 说明书, en: manual }
${head}---

# zh

${zh}

# en

${id} in English
`;

/** What a test's knowledge finds, word by word; anything else is not known. */
export function setWith(found: Record<string, Partial<FoundAnswers> & { ids: string[] }>): DialogSet {
  const set = dialogSet(
    { 'repair.yaml': REPAIR, 'other.yaml': ONLY_HANDS_OVER, 'guide.yaml': ANSWERS_STEP },
    ['fault', 'bill', 'guide'],
    {
      'lights.md': article(
        'lights',
        'offer: { intent: fault, ask: { zh: 要报障吗？, en: Report it? } }\n',
        '红灯是没信号',
      ),
      'bills.md': article('bills', '', '账单在应用里'),
    },
  );
  return {
    ...set,
    findAnswers: (text) => {
      const { ids, ...rest } = found[text] ?? { ids: [], status: 'none' as const };
      return { status: 'found', isSure: false, ...rest, articles: ids.map((id) => ({ id, score: 1 })) };
    },
  };
}
