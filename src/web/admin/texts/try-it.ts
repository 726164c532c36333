const zh = {
  hint: '用草稿对话，系统用模拟的运营商回答。客户看不到。',
  say: '扮客户说一句',
  send: '发送',
  back: '退一步',
  restart: '重新开始',
  intents: '听成的意图',
  slots: '已知信息',
  step: '现在的步骤',
  none: '没有',
  handoff: (reason: string) => `转人工：${reason}`,
  call: (operation: string) => `查询：${operation}`,
  working: '正在回答……',
  log: '试用的对话',
  again: '按新草稿重放',
  started: (dialog: string) => `从 ${dialog} 开始`,
  startDialog: '从这个对话开始',
};
export type TryTexts = typeof zh;

const en: TryTexts = {
  hint: 'Talk to the draft; a simulated operator answers its questions. Customers see nothing of it.',
  say: 'Say something as a customer',
  send: 'Send',
  back: 'Step back',
  restart: 'Start over',
  intents: 'Understood as',
  slots: 'Known',
  step: 'Step',
  none: 'none',
  handoff: (reason) => `To a human: ${reason}`,
  call: (operation) => `Call: ${operation}`,
  working: 'Answering…',
  log: 'Trial conversation',
  again: 'Replay on the newest draft',
  started: (dialog) => `Begun with ${dialog}`,
  startDialog: 'Begin with this dialog',
};

export const tryTexts = { zh, en };
