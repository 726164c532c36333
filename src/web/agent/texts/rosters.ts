const zh = {
  rosters: '排班',
  now: '现在在班',
  nobody: '现在没有人在班，或还没有导入排班。',
  until: (time: string) => `到 ${time}`,
  absent: '未上线',
  choose: '选排班文件…',
  hint: 'CSV，四列：工号、日期、上班、下班。同一人同一天以文件为准，其余不变。先看变化，再导入。',
  tooLarge: '文件超过 256 KB，没有导入。请分几次导入。',
  counts: (added: number, removed: number, same: number) =>
    `新增 ${added} 班，取消 ${removed} 班，不变 ${same} 班`,
  problems: (count: number) => `有 ${count} 处要改，没有导入：`,
  line: (line: number) => (line > 0 ? `第 ${line} 行` : ''),
  add: '新增',
  remove: '取消',
  andMore: (count: number) => `还有 ${count} 班`,
  bring: '导入',
  cancel: '不导入',
  brought: (count: number) => `排班已导入，改动 ${count} 班。`,
  changed: '预览之后排班又变了，没有导入。请再看一遍。',
};
export type RosterTexts = typeof zh;

const en: RosterTexts = {
  rosters: 'Rosters',
  now: 'On shift now',
  nobody: 'Nobody is on shift now, or no roster was imported.',
  until: (time) => `until ${time}`,
  absent: 'not here',
  choose: 'Choose a roster…',
  hint: 'CSV with four columns: login, date, from, to. For each person and date of the file, the file counts; all else stays. Look first, then import.',
  tooLarge: 'The file is larger than 256 KB and was not imported. Import it in parts.',
  counts: (added, removed, same) => `${added} added, ${removed} removed, ${same} as they are`,
  problems: (count) => `Nothing was imported; ${count} to mend:`,
  line: (line) => (line > 0 ? `line ${line}` : ''),
  add: 'added',
  remove: 'removed',
  andMore: (count) => `and ${count} more`,
  bring: 'Import',
  cancel: 'Do not import',
  brought: (count) => `The roster is imported; ${count} shifts changed.`,
  changed: 'The roster has changed since the preview, and nothing was imported. Look at it again.',
};
export const rosterTexts = { zh, en } as const;
