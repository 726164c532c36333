import type { Part } from './address-value';

/** The parts of a Chinese address as patterns that match at one place (`y`). The order is the one of preference. */
const NUM = '[0-9a-zA-Z]{1,5}(?:-[0-9]{1,4})?|[一二三四五六七八九十百]{1,4}';
const HAN = '\\p{Script=Han}';
const NUMERAL = '[一二三四五六七八九十]';

/** Things, quarters of no name and verbs that names of places do not begin with. */
const NO_NAME =
  '邮寄|隔壁|旁边|对面|其他|别的|附近|楼[上下]|电梯|学校|学生|校园|老家|农村|城中村|公共|呼叫|短信|积分|反诈|客服|服务|营业|数据|申诉|受理|套餐|固话|光缆|光纤|宽带|手机|网络|故障|下个?月|上个?月';
/** Verbs and pronouns end a name to the left: "我在中山路" is about 中山路. What names begin with is more than they hold. */
const START = `(?![我你您他她它们咱俺哋在是住到说从了的要不对错里请去给把就那这家帮忙查看问修报断慢坏改换搬址装寄送至个条整挖掉垂移挪想询各每些候挡]|(?<=[看一问说查询楼])下|(?<=[改换写填])成|一下|另|恢复|注销|${NO_NAME})${HAN}`;
const FURTHER = `(?![我你您他在是住了的请说址看没到掉垂移挪想给怎么什候有去从这那哪查询网]|一下)${HAN}`;
const NAME = `${START}(?:${FURTHER}){1,7}?`;
/** A name goes on as a street: "中关村南大街", "阳光花园路". */
const NO_STREET = `(?!${HAN}?(?:大街|大道|路|街(?!道)))`;

const PROVINCES =
  '河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆';

/** What names of estates, offices and campuses end with. */
const ESTATES = [
  '小区|社区|花园|花苑|花城|国际城|新村|家园|佳园|嘉园|公寓|公馆|广场|大厦|苑|府|湾|(?<![商县进出老])城(?![东南西北里区])|庭|园|邸|郡|山庄|别墅|家属院',
  '科技园|产业园|工业园|软件园|创业园|村(?!镇)',
  // Only with a building or a house behind them: 短信中心 is no place.
  `(?:中心|大院|宿舍|大学|学院|中学|小学|医院)(?=${HAN}{0,4}\\s*[0-9A-Z一二三四五六七八九十])`,
].join('|');
/** Stages and quarters of an estate: 二期, B区, 南区, 四区. */
const QUARTER = `(?:(?:[0-9]{1,2}|${NUMERAL}{1,2})期|(?:[A-Za-z]|[东南西北中]|${NUMERAL}{1,2})区)`;
/** What one building follows. */
const BUILDING = `(?:${NUM})\\s*(?:号楼|(?:栋|幢|座)(?![楼机]))`;

const community = new RegExp(
  [
    // 花园小区, 大学学生宿舍; 里 only before a number.
    `${NAME}(?:${ESTATES}|里(?=\\s*(?:[0-9]|${NUMERAL})))(?:小区|社区|${HAN}{0,4}宿舍)?(?!区[^0-9])${QUARTER}*${NO_STREET}`,
    // A name without such an ending, right before a building and after what begins a place.
    `(?<=^|[\\s,，。;；:：、]|[在是住址家])(?!${NUMERAL}{1,4}号|应该|改成|写成|其实|现在|还有|或者|我们|整个)${START}(?:(?![打通网停电])${FURTHER}){1,7}${QUARTER}?(?=\\s*${BUILDING})`,
  ].join('|'),
  'yu',
);

export const partPatterns: [Part, RegExp][] = [
  ['province', new RegExp(`(?:${PROVINCES})(?:省|(?:壮族|回族|维吾尔)?自治区)`, 'yu')],
  ['city', new RegExp(`${START}(?:${FURTHER}){1,3}?(?<![超菜城门夜])市(?![场民话区])`, 'yu')],
  [
    'district',
    new RegExp(
      `${NAME}(?:(?:工业园|高新|开发|新)区(?![别域分间])|(?<![小社园片一二三四五六七八九])区(?![别域分间])|县|(?<![锦红彩国])旗(?!舰))${NO_STREET}`,
      'yu',
    ),
  ],
  ['town', new RegExp(`${NAME}(?:街道|镇(?!${HAN}?(?:路|街))|乡)`, 'yu')],
  [
    'road',
    new RegExp(
      `(?:(?<=\\p{Script=Han})\\d{1,2}街(?!道)|${NAME}(?:大道|大街|(?<!线)路(?:[一二三四五六七八九十东西南北]段)?(?!街道|由)|(?<!大)街(?!道)|${NUMERAL}道|巷|胡同))(?:\\d{1,4}弄)?`,
      'yu',
    ),
  ],
  ['community', community],
  [
    'number',
    new RegExp(
      `(?<![月\\dA-Za-z])(?!\\d{5})(?:\\d{1,3}组)?(?:${NUM})\\s*号(?!楼|线|卡|码|客服|坐席)(?:院|附\\d{1,3}号?|之(?:\\d{1,2}|${NUMERAL}))?`,
      'yu',
    ),
  ],
  ['building', new RegExp(BUILDING, 'yu')],
  ['unit', new RegExp(`(?:${NUM}|[东南西北中])\\s*单元|[0-9]{1,2}\\s*门(?=\\s*\\d)`, 'yu')],
  ['floor', new RegExp(`(?:${NUM})\\s*(?:楼|层)`, 'yu')],
  ['room', /[0-9]{3,4}(?:室|房)?(?![0-9兆mM元块天月年]|弄)/uy],
];

/** Names of streets and estates are as open as language: of those that match at one place the shortest counts. */
const OPEN_NAMES: ReadonlySet<Part> = new Set(['district', 'town', 'road', 'community']);
export const isOpenName = (part: Part): boolean => OPEN_NAMES.has(part);
