const zh = {
  title: '没听懂的话',
  hint: '最近 30 天机器人没听懂，或问了客户才知道的话，已去掉个人信息，相近的放在一起。勾选要学的，指给一个意图；不值得学的忽略。',
  none: '最近 30 天没有没听懂的话。',
  wrong: '听错的话',
  wrongHint:
    '听成了别的事：客户马上说了“不是，我要……”，或客服结束时归到了别的业务。现在的版本已经听对的不再列出。',
  noneWrong: '最近 30 天没有发现听错的话。',
  takenFor: (intent: string) => `听成：${intent}`,
  meant: (intent: string) => `客户改口：${intent}`,
  filed: (disposition: string) => `客服归类：${disposition}`,
  mayNot: '您的角色不能看客户说过什么。',
  times: (count: number) => `${count} 次`,
  chose: (intent: string) => `客户选了：${intent}`,
  all: '全选这一组',
  one: (text: string) => `选“${text}”`,
  toIntent: '指给哪个意图',
  assign: (count: number) => `加为例句（${count} 句）`,
  dismiss: (count: number) => `忽略（${count} 句）`,
  assigned: (count: number, intent: string) => `${count} 句已加进“${intent}”的草稿。`,
  dismissed: (count: number) => `已忽略 ${count} 句，以后不再列出。`,
  effect: '对判断的影响',
  selected: (count: number) => `选了 ${count} 句`,
};
export type MessageTexts = typeof zh;

const en: MessageTexts = {
  title: 'Not understood',
  hint: 'What the bot did not understand in the last 30 days, or only because it asked, without personal data; what is alike stands together. Tick what is to be learned and give it to an intent; dismiss the rest.',
  none: 'Nothing was left without being understood in the last 30 days.',
  wrong: 'Taken for something else',
  wrongHint:
    'The customer said "no, I want …" at once, or the agent filed it under another service. What the current version understands by now is not listed.',
  noneWrong: 'Nothing was found to be taken for something else in the last 30 days.',
  takenFor: (intent) => `taken for: ${intent}`,
  meant: (intent) => `customer meant: ${intent}`,
  filed: (disposition) => `agent filed: ${disposition}`,
  mayNot: 'Your role does not see what customers said.',
  times: (count) => `${count}×`,
  chose: (intent) => `customers chose: ${intent}`,
  all: 'All of this group',
  one: (text) => `Select “${text}”`,
  toIntent: 'To which intent',
  assign: (count) => `Add as examples (${count})`,
  dismiss: (count) => `Dismiss (${count})`,
  assigned: (count, intent) => `${count} added to “${intent}” in your draft.`,
  dismissed: (count) => `${count} dismissed; they are not listed again.`,
  effect: 'What it does to the intents',
  selected: (count) => `${count} selected`,
};

export const messageTexts = { zh, en };
