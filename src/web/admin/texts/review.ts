const zh = {
  drafts: '同事的草稿',
  noDrafts: '同事没有改动中的草稿。',
  approve: '我看过了，同意发布',
  approved: (name: string) => `已同意 ${name} 的草稿；再有改动要重新看。`,
  approvedBy: (names: string) => `${names} 已同意`,
  mayNotApprove: '您的角色可以看，不能同意发布。',
  proposals: '要变成测试的对话',
  proposalsHint: '客户的真实对话，个人信息已经遮住。请逐句看一遍，确认没有留下个人信息再采用。',
  noProposals: '没有等着看的对话。',
  proposedBy: (name: string) => `${name} 提出`,
  read: '看对话',
  ownProposal: '这是您自己提出的，要由另一个人来看。',
  accept: '采用，放进我的草稿',
  accepted: (path: string) => `已放进您的草稿：${path}。`,
  drop: '不采用',
  dropHint: '不会变成测试，对话本身不受影响。',
};
export type ReviewTexts = typeof zh;

const en: ReviewTexts = {
  drafts: 'Drafts of colleagues',
  noDrafts: 'No colleague has changes in a draft.',
  approve: 'I have read it: it may be published',
  approved: (name) => `The draft of ${name} is approved as it is; further changes are read again.`,
  approvedBy: (names) => `approved by ${names}`,
  mayNotApprove: 'Your role reads drafts and does not approve them.',
  proposals: 'Conversations to become tests',
  proposalsHint:
    'Of real customers, masked. Read every line, and take it only when nothing personal is left.',
  noProposals: 'None waits to be read.',
  proposedBy: (name) => `proposed by ${name}`,
  read: 'Read it',
  ownProposal: 'You have proposed it yourself: somebody else has to read it.',
  accept: 'Take it into my draft',
  accepted: (path) => `It stands in your draft: ${path}.`,
  drop: 'Leave it out',
  dropHint: 'It does not become a test; the conversation itself stays as it is.',
};

export const reviewTexts = { zh, en };
