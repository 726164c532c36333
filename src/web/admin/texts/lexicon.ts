const zh = {
  title: '词表',
  hint: '意思一样的说法归到同一个词：行话、方言、错别字、英文。学习和识别之前先替换，最长的先替换。',
  forms: '同义词',
  plans: '套餐叫法',
  form: '归到',
  name: '套餐',
  words: '这些说法（用逗号隔开）',
  wordsOf: (form: string) => `“${form}”的说法`,
  find: '找一个词',
  none: '没有符合的词。',
  add: '添加',
  newForm: '新的词',
  newWords: '它的说法',
  remove: (form: string) => `删除“${form}”`,
  taken: '这个词已经有了。',
  broken: '词表文件有问题，请在“文件”里改好：',
  toFile: '打开词表文件',
};
export type LexiconTexts = typeof zh;

const en: LexiconTexts = {
  title: 'Lexicon',
  hint: 'Words that mean the same are brought to one: jargon, dialect, misspellings, English. They are replaced before anything is learned or recognized, the longest first.',
  forms: 'Words that mean the same',
  plans: 'What plans are called',
  form: 'Brought to',
  name: 'Plan',
  words: 'These words (with commas between)',
  wordsOf: (form) => `Words for “${form}”`,
  find: 'Find a word',
  none: 'No word fits.',
  add: 'Add',
  newForm: 'New word',
  newWords: 'Words for it',
  remove: (form) => `Delete “${form}”`,
  taken: 'This word is there already.',
  broken: 'The file of the lexicon has problems; mend it under “Files”:',
  toFile: 'Open the file of the lexicon',
};

export const lexiconTexts = { zh, en };
