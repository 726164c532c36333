const zh = {
  invite: '邀请同事',
  inviteTitle: '邀请同事一起看这个会话',
  inviteHint: '会话还是您的。同事能看记录、写备注；您结束、转接或交还后，同事一并退出。',
  whom: '邀请谁',
  mayWrite: '也让同事给客户发消息（客户会听到同事的名字）',
  nobody: '现在没有同事在工作台。',
  invited: '受邀进入',
  inside: '同事',
  reads: '可看',
  writes: '可发消息',
  send: (name: string) => `请 ${name} 退出`,
  of: (name: string) => `${name} 邀请您一起看这个会话。`,
  mayOnlyRead: '您可以看记录、写备注，不能给客户发消息。',
  leave: '退出这个会话',
};
export type GuestTexts = typeof zh;

const en: GuestTexts = {
  invite: 'Invite',
  inviteTitle: 'Invite a colleague into this conversation',
  inviteHint:
    'It stays yours. Your colleague reads along and writes notes, and is out again when you close it or give it away.',
  whom: 'Whom to invite',
  mayWrite: 'May write to the customer, too (who hears your colleague’s name)',
  nobody: 'No colleague is at the desk now.',
  invited: 'Invited',
  inside: 'With you',
  reads: 'reads',
  writes: 'writes too',
  send: (name) => `Let ${name} go`,
  of: (name) => `${name} has invited you into this conversation.`,
  mayOnlyRead: 'You can read and write notes, but not write to the customer.',
  leave: 'Leave this conversation',
};

export const guestTexts = { zh, en };
