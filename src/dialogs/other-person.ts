/**
 * Somebody reports for another person: "我妈家的网断了，她不会弄". Who it is, as the customer would be spoken to about them
 * ("您母亲", "your mother").
 */
export interface OtherPerson {
  relation: string;
  zh: string;
  en: string;
}

const PEOPLE: [string, string, string, string][] = [
  ['parents', '爸妈|父母|爹妈|爸爸妈妈|二老|老两口', 'parents|folks', '父母'],
  ['mother', '老?妈妈?|母亲|老娘', 'mother|mum|mom|mommy|mummy', '母亲'],
  ['father', '老?爸爸?|父亲|老爹|爹', 'father|dad|daddy', '父亲'],
  ['grandparents', '爷爷奶奶|外公外婆|姥姥姥爷', 'grandparents', '家里老人'],
  ['grandmother', '奶奶|外婆|姥姥|阿婆', 'grandmother|grandma|granny|gran|nan', '奶奶'],
  ['grandfather', '爷爷|外公|姥爷|阿公', 'grandfather|grandpa|granddad', '爷爷'],
  ['mother-in-law', '岳母|丈母娘|婆婆', 'mother[- ]in[- ]law', '母亲'],
  ['father-in-law', '岳父|老丈人|公公', 'father[- ]in[- ]law', '父亲'],
  ['elderly relative', '老人家?|老爷子|老太太', 'elderly (?:relative|aunt|uncle|neighbou?r)', '家里老人'],
  ['aunt', '姑姑|姨妈|姨|姑妈|婶婶|舅妈|伯母', 'aunt|auntie', '阿姨'],
  ['uncle', '叔叔|舅舅|伯伯|大伯|姑父|姨父', 'uncle', '叔叔'],
  ['brother', '哥哥?|弟弟?', 'brother', '兄弟'],
  ['sister', '姐姐?|妹妹?', 'sister', '姐妹'],
  ['son', '儿子', 'son', '儿子'],
  ['daughter', '女儿|闺女', 'daughter', '女儿'],
  ['neighbour', '邻居|隔壁', 'neighbou?r', '邻居'],
  ['friend', '朋友|闺蜜|兄弟', 'friend|mate', '朋友'],
  ['colleague', '同事', 'colleague|coworker|co-worker', '同事'],
  ['relative', '亲戚', 'relatives?', '亲戚'],
  ['tenant', '租客|租户|房客', 'tenant', '租客'],
];

/** A thing that is theirs, somebody who acts for them, or what they cannot do. */
const THEIRS_ZH =
  '(?:他们?|她们?)?(?:一个人)?(?:的)?(?:自己)?(?:家|那边|那儿|那里|屋头|屋里|住的|老家|的?(?:宽带|网|电视|座机|固话|手机|路由器|光猫))';
/** "邻居家也断了" speaks of the customer's own home. */
const NOT_ALONE_ZH = '(?!.{0,6}(?:也|都|正常|有网|没事|没问题|好的|能))';
const NOT_ALONE_EN = '(?!.{0,25}\\b(?:too|also|as well|works|fine|ok|okay|either)\\b)';
const UNABLE_ZH =
  '.{0,24}?(?:不会(?:弄|用|搞|操作|打字|整)|不懂|弄不来|搞不(?:懂|来|定)|不识字|看不懂|看不清|(?:耳朵|眼睛)不好|(?:年纪|岁数)大)';
const THEIRS_EN =
  "(?:'?s'?|s')? (?:\\w+ ){0,2}?(?:internet|wi-?fi|broadband|tv|landline|phone|line|place|house|home|flat|apartment|connection|router|modem|network|village)\\b";
const UNABLE_EN =
  "\\b.{0,60}?\\b(?:(?:can'?t|cannot|doesn'?t know how to|unable to) (?:do|use|manage|handle|understand|figure|type|read|fix|set)|(?:isn'?t|is not|not) (?:good|great|technical|tech|comfortable)|has no idea)\\b";

const patterns = PEOPLE.map(([relation, zh, en, title]) => ({
  person: { relation, zh: title, en: relation },
  patterns: [
    new RegExp(`(?:我|俺|咱|^|[，,。 替帮给])(?:的|家)?(?:${zh})${THEIRS_ZH}${NOT_ALONE_ZH}`, 'u'),
    new RegExp(
      `(?:帮|替|给|代|为)(?:我|俺|咱)?(?:的|家)?(?:${zh})(?:家)?(?:的)?(?:报|问|修|打|反映|查|看|办|登记)`,
      'u',
    ),
    new RegExp(`(?:我|俺|咱)(?:的|家)?(?:${zh})${UNABLE_ZH}`, 'u'),
    new RegExp(`\\b(?:my|our) (?:\\w+ )?(?:${en})${THEIRS_EN}${NOT_ALONE_EN}`, 'iu'),
    new RegExp(`\\b(?:for|on behalf of|helping) (?:my|our|an?) (?:\\w+ )?(?:${en})\\b`, 'iu'),
    new RegExp(`\\bmy (?:\\w+ )?(?:${en})${UNABLE_EN}`, 'iu'),
  ],
}));

/** Longer texts are read so far. */
const LIMIT = 300;

/** The person whose matter it is, where that is not the customer; null for nearly all messages. */
export function findOtherPerson(text: string): OtherPerson | null {
  const said = text.slice(0, LIMIT);
  return patterns.find(({ patterns: each }) => each.some((pattern) => pattern.test(said)))?.person ?? null;
}
