import type { AccountTrial } from '../../../contract/channel-accounts';

const zh = {
  title: '渠道',
  hint: '客户从哪里来。保存后一秒内所有服务器生效，不用重启。密钥只写不读：保存以后谁也看不到，只能换新的。',
  vendors: { wechat: '微信公众号', wecom: '微信客服（企业微信）' },
  none: { wechat: '还没有公众号。', wecom: '还没有微信客服账号。' },
  add: { wechat: '添加公众号', wecom: '添加微信客服' },
  others: '其他渠道',
  othersHint: '这些写在服务器的环境里（.env），改了要重启。',
  otherNames: {
    web: '网页挂件',
    app: '运营商 App',
    'bot-framework': 'Bot Framework（Teams 等）',
    'app-push': 'App 推送',
  },
  isOn: '在用',
  isOff: '停用',
  notSet: '未设置',
  inServer: '写在服务器环境里',
  faults: {
    sealed: '密钥打不开（服务器的 DATA_KEY 换过），现在不服务客户。请重新填写全部密钥。',
    unfit: '设置不适合这个版本，现在不服务客户。请打开改好再保存。',
    hidden: '服务器环境里有同名账号，以那一个为准。请删除这一个，或改环境里的名字。',
  },
  changedBy: (name: string, time: string) => `${name} 改于 ${time}`,
  callback: '回调地址（填到平台后台）',
  copy: '复制',
  copied: '已复制。',
  change: '修改',
  try: '试连',
  trying: '正在试……',
  off: '停用',
  offHint: '停用后客户发来的消息收不到回复，等着发的消息记为未送达。',
  on: '启用',
  remove: '删除',
  removeHint: '设置和密钥都会删除，不能恢复。客户发来的消息收不到回复，等着发的消息记为未送达。',
  saved: '已保存，一秒内生效。',
  removed: '已删除。',
  trial: (trial: AccountTrial): string => {
    if (trial.type === 'ok') return '连通了：平台认这组密钥。再到平台后台提交回调地址。';
    if (trial.type === 'unreachable') return '没有连上平台。请检查服务器能不能访问外网，再试一次。';
    return zhCodes[trial.code] ?? `平台不接受，错误码 ${trial.code}。请按这个错误码查平台文档。`;
  },
  editing: (name: string) => `修改 ${name}`,
  name: '名字',
  nameHint: '用在回调地址里，保存后不能改。小写字母、数字和连字符，最多 32 个。',
  more: '更多设置',
  less: '收起',
  save: '保存',
  lacks: '标红的还没有填好。',
  secretKept: '已有，不换就留空',
  secretNew: '还没有，必填',
  make: '随机生成',
  made: '已生成。保存前先复制到平台后台，保存后看不到了。',
  fields: {
    appId: '开发者 ID（AppID）',
    appSecret: '开发者密码（AppSecret）',
    token: '令牌（Token）',
    encodingAesKey: '消息加解密密钥（EncodingAESKey，43 位）',
    secret: '微信客服的 Secret',
    corpId: '企业 ID（CorpID）',
    openKfIds: '客服账号 ID（open_kfid，每行一个）',
    mode: '消息加解密方式',
    handoff: '转人工时谁来接',
    canShowMenu: '能显示可点的选项（订阅号、测试号不能，改发编号文字）',
    menu: '自定义菜单（每行一个：KEY=客户点了等于说什么）',
    'template.id': '模板 ID（够不着客户时发模板消息，可不填）',
    'template.field': '模板里放文字的字段',
    'template.limit': '这个字段最多几个字',
    openPlatform: '绑定的开放平台（同名的公众号认得同一位客户，可不填）',
    apiBase: '平台接口地址',
    'message.sends': '客户发消息后可发几条',
    'message.windowSeconds': '这几条要在多少秒内发',
    'event.sends': '客户点菜单、关注、扫码后可发几条',
    'event.windowSeconds': '这几条要在多少秒内发',
    'welcome.sends': '客户进入会话后可发几条欢迎语',
    'welcome.windowSeconds': '欢迎语要在多少秒内发',
    dropsDoubles: '平台会去掉编号相同的重复消息',
    doubleCodes: '表示“已经收过”的错误码（每行一个）',
    pollSeconds: '没有回调时每多少秒查一次消息',
  } as Record<string, string>,
  options: {
    safe: '安全模式',
    compatible: '兼容模式',
    plain: '明文模式',
    desk: '我们的客服工作台',
    wechat: '公众号自己的客服',
    wecom: '企业微信里的接待人员',
  } as Record<string, string>,
  errors: {
    'bad-request': '没有保存：有的设置不对，或者接口地址不是微信的。写的还在这里，改好再保存。',
    conflict: '没有保存：别人刚改过这个账号，或者名字已经有了。写的还在这里；关掉重新打开看最新的。',
    'not-found': '这个账号现在不在服务，先保存并启用再试。',
    unreachable: '连不上服务器，没有保存。写的还在这里，连上后再按一次。',
  } as Record<string, string>,
};

const zhCodes: Record<number, string> = {
  40001: '平台不认这个密钥。请到后台重置密钥，再填到这里。',
  40013: '平台没有这个 ID。请对照后台检查 AppID（或企业 ID）。',
  40125: '平台不认这个密钥。请到后台重置 AppSecret，再填到这里。',
  40164: '服务器的出口 IP 不在白名单里。请到后台把它加进 IP 白名单，再试一次。',
  50007: '这个账号被冻结了。请到平台后台处理。',
  60020: '服务器的出口 IP 不可信。请到企业微信后台把它加进可信 IP，再试一次。',
};
export type ChannelTexts = typeof zh;

const enCodes: Record<number, string> = {
  40001: 'The secret is not accepted. Reset it on the platform and write the new one here.',
  40013: 'The platform has no such id. Compare the AppID (or company id) with the platform.',
  40125: 'The secret is not accepted. Reset the AppSecret on the platform and write the new one here.',
  40164: "The server's outgoing address is not on the allowlist. Add it on the platform, and try again.",
  50007: 'This account is frozen. See to it on the platform.',
  60020:
    "The server's outgoing address is not trusted. Add it to the trusted addresses of WeCom, and try again.",
};

const en: ChannelTexts = {
  title: 'Channels',
  hint: 'Where customers come from. What is saved holds on every server within a second, without a restart. Secrets are written and never read: once saved nobody sees them, they can only be replaced.',
  vendors: { wechat: 'WeChat official accounts', wecom: 'WeCom customer service' },
  none: { wechat: 'No official account yet.', wecom: 'No customer-service account yet.' },
  add: { wechat: 'Add an official account', wecom: 'Add WeCom customer service' },
  others: 'Other channels',
  othersHint: 'These stand in the environment of the server (.env); a change needs a restart.',
  otherNames: {
    web: 'Web widget',
    app: "The operator's app",
    'bot-framework': 'Bot Framework (Teams and others)',
    'app-push': 'App push',
  },
  isOn: 'In use',
  isOff: 'Off',
  notSet: 'Not set',
  inServer: 'Set in the environment',
  faults: {
    sealed:
      'Its secrets cannot be opened (DATA_KEY of the server has changed), so it serves nobody. Write all of them again.',
    unfit: 'Its settings do not fit this release, so it serves nobody. Open, mend and save it.',
    hidden:
      'The environment of the server has an account of this name, which goes first. Remove this one, or rename that.',
  },
  changedBy: (name, time) => `Changed by ${name}, ${time}`,
  callback: 'Callback address (for the platform)',
  copy: 'Copy',
  copied: 'Copied.',
  change: 'Change',
  try: 'Try',
  trying: 'Trying…',
  off: 'Switch off',
  offHint: 'Customers who write get no reply, and messages that wait count as not delivered.',
  on: 'Switch on',
  remove: 'Remove',
  removeHint:
    'Settings and secrets are gone for good. Customers who write get no reply, and messages that wait count as not delivered.',
  saved: 'Saved; it holds within a second.',
  removed: 'Removed.',
  trial: (trial) => {
    if (trial.type === 'ok')
      return 'Connected: the platform takes these secrets. Now submit the callback address there.';
    if (trial.type === 'unreachable')
      return 'The platform was not reached. Check that the server may reach the internet, and try again.';
    return enCodes[trial.code] ?? `The platform refuses with code ${trial.code}: see its documentation.`;
  },
  editing: (name) => `Change ${name}`,
  name: 'Name',
  nameHint:
    'Part of the callback address; it stays once saved. Small letters, digits and hyphens, at most 32.',
  more: 'More settings',
  less: 'Fewer settings',
  save: 'Save',
  lacks: 'What is marked is not right yet.',
  secretKept: 'There is one; leave empty to keep it',
  secretNew: 'None yet; needed',
  make: 'Make a random one',
  made: 'Made. Copy it to the platform before you save: it cannot be seen afterwards.',
  fields: {
    appId: 'Developer id (AppID)',
    appSecret: 'Developer password (AppSecret)',
    token: 'Token',
    encodingAesKey: 'EncodingAESKey (43 characters)',
    secret: 'Secret of customer service',
    corpId: 'Company id (CorpID)',
    openKfIds: 'Customer-service accounts (open_kfid, one a line)',
    mode: 'Encryption of messages',
    handoff: 'Who serves those who want a person',
    canShowMenu: 'Can show choices to tap (subscription and test accounts cannot: numbered text)',
    menu: 'Menu (one a line: KEY=what a tap says)',
    'template.id': 'Template id (for what cannot reach the customer otherwise; optional)',
    'template.field': 'Field of the template for the words',
    'template.limit': 'Longest text of that field',
    openPlatform: 'Open platform (accounts of one name know the same customer; optional)',
    apiBase: 'Address of the platform',
    'message.sends': 'Messages allowed after a message of the customer',
    'message.windowSeconds': 'Within so many seconds',
    'event.sends': 'Messages allowed after a menu tap, a follow or a scan',
    'event.windowSeconds': 'Within so many seconds',
    'welcome.sends': 'Welcome messages allowed after the chat was opened',
    'welcome.windowSeconds': 'Within so many seconds',
    dropsDoubles: 'The platform drops messages with an id that was sent before',
    doubleCodes: 'Codes that mean “sent before” (one a line)',
    pollSeconds: 'Seconds between looks when no callback came',
  },
  options: {
    safe: 'Encrypted',
    compatible: 'Both',
    plain: 'Plain',
    desk: 'Our desk',
    wechat: "WeChat's own client",
    wecom: 'Staff in WeCom',
  },
  errors: {
    'bad-request':
      'Not saved: a setting is wrong, or the address is not one of WeChat. What you wrote is still here; mend it and save again.',
    conflict:
      'Not saved: somebody has just changed this account, or the name is taken. What you wrote is still here; close and open it to see the newest.',
    'not-found': 'This account is not served: save it and switch it on first.',
    unreachable:
      'The server was not reached; nothing was saved. What you wrote is still here; press again once you are connected.',
  },
};

export const channelTexts = { zh, en };
