const zh = {
  list: '全部文件',
  find: '找路径',
  create: '导入',
  none: '没有符合的文件。',
  choose: '从左边选一个文件。',
  chooseHint: '对话、意图和知识之外的文件也在这里：试跑用的脚本对话、词表、通用话术。',
  export: '导出',
  removeFile: '删除这个文件',
  removeHint: '先从草稿里删，发布前客户照常使用。按“撤销”可以找回。',
  importTitle: '导入 YAML 文件',
  importHint:
    '选一个或几个 .yaml、.md、.csv 文件，也可以是 content:pull 拉下来的。先放进您的草稿，和手工编辑一样检查、试跑、发布。',
  pick: '选文件',
  kinds: { added: '新增', changed: '修改', same: '没有变化', unplaced: '放不进去' },
  unplacedHint: '看不出它是对话、意图、知识还是脚本对话。把文件名或编号改对再导入。',
  tooLong: (most: number) => `超过 ${most / 10_000} 万字，请分成几个文件。`,
  put: (count: number) => `放进草稿（${count} 个文件）`,
  imported: (count: number) => `${count} 个文件已放进草稿。`,
};
export type FileTexts = typeof zh;

const en: FileTexts = {
  list: 'All files',
  find: 'Find by path',
  create: 'Import',
  none: 'No file fits.',
  choose: 'Choose a file on the left.',
  chooseHint:
    'What is no dialog, intent or article is here too: scripted conversations, lexicons, words used everywhere.',
  export: 'Export',
  removeFile: 'Delete this file',
  removeHint: 'It goes from the draft; customers keep it until you publish. “Undo” brings it back.',
  importTitle: 'Import YAML files',
  importHint:
    'Choose one or more .yaml, .md or .csv files, also from content:pull. They go into your draft, and are checked, tried and published like what you write here.',
  pick: 'Choose files',
  kinds: { added: 'new', changed: 'changed', same: 'the same', unplaced: 'has no place' },
  unplacedHint:
    'It cannot be told whether it is a dialog, an intent, an article or a scripted conversation. Mend its name or id and import it again.',
  tooLong: (most) => `It has more than ${most} characters: divide it.`,
  put: (count) => `Put into the draft (${count})`,
  imported: (count) => `${count} ${count === 1 ? 'file is' : 'files are'} in the draft.`,
};

export const fileTexts = { zh, en };
