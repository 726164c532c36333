const zh = {
  when: '当',
  joins: { and: '并且', or: '或者' },
  toJoin: { and: '改成“或者”', or: '改成“并且”' },
  add: '再加一句',
  removeClause: (n: number) => `去掉第 ${n} 句`,
  subject: '看什么',
  relation: '怎么样',
  value: '值',
  asText: '专家写法',
  asSentence: '句子',
};
export type ConditionTexts = typeof zh;

const en: ConditionTexts = {
  when: 'When',
  joins: { and: 'and', or: 'or' },
  toJoin: { and: 'Join by “or”', or: 'Join by “and”' },
  add: 'Add a clause',
  removeClause: (n) => `Remove clause ${n}`,
  subject: 'What is looked at',
  relation: 'How it is',
  value: 'Value',
  asText: 'As an expression',
  asSentence: 'As a sentence',
};

export const conditionTexts = { zh, en };
