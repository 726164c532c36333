import type { Lexicon } from '../lexicon';
import { byPattern, type EntityFinder } from './patterns';

/** The family names that more than nine of ten bear, and the commonest of two characters. */
const FAMILY =
  '欧阳|上官|司马|诸葛|司徒|夏侯|皇甫|东方|慕容|尉迟|令狐|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井漆巴茹]';
const GIVEN = '(?![你我他她您它的是了吗呢吧啊在有不就都也还])\\p{Script=Han}';
const END = '(?=[,，。;；、!！?？\\s\\d的电手吧]|$)';
const KIN =
  '爸爸?|妈妈?|老婆|老公|先生|太太|房客|爱人|儿子|女儿|媳妇|丈夫|妻子|哥哥?|姐姐?|弟弟?|妹妹?|父亲|母亲|爷爷|奶奶|室友|房东|邻居|同事|朋友';
const ROLE = '联系人|户主|机主|业主|收件人|报修人|申请人|经办人|房主|租客';
/** Names of two or three characters that are common words. */
const WORDS =
  '谢谢|南京|北京|东京|林业|宋体|许多|程序|杜绝|苏州|徐州|郑州|杨梅|黄山|黄灯|马赛克|马路|陈旧|孔|戴上|孟加拉|秦皇岛|高速|马上|方便|何时|常常|于是|许多|高兴|白天|周[一二三四五六七八九十日天末]|安装|任何|江苏|常州|温州|武汉|沈阳|成都|全部|应该|路由器?|时间|时候|连接|连不上|明天|明早|解决|费用|费钱|单号|单元|包月|白色|黄色|金额|余额|项目|和平|向前|关机|关闭|安全|成功|管用|房间|房子|海外|花钱|强烈|包装|米线|车位|农村|师傅|简单|连续|单位|管理|司机|古城|边上|景区|宗旨|时断|原来|原因|满意|位置|全家|万一|双|方法|华为|易|路上|古镇|边界|利用|和';

const INTRODUCED = `(?:我叫|他叫|她叫|我姓${'\\p{Script=Han}'}{1,2}[,，]?\\s*叫|名字是|名字叫|姓名(?:是|为|叫|[:：])?|(?:${ROLE})(?:是|为|叫|写|填|改成|改为|换成|[:：])?|本人|我(?:是)?(?:${KIN})(?:叫|是)?|我是(?=(?:\\p{Script=Han}{2,4})(?:[,，。\\s]|$))(?!${WORDS}))\\s*`;
const TITLE = '(?:先生|女士|小姐|阿姨|大爷|老师|大姐|大哥|太太|同学)(?!傅)';
/** The hundred commonest, without those that begin as many words as names. */
const COMMON =
  '[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林郑罗梁宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔谭陆汪范廖贾夏韦付邹孟熊秦邱尹薛闫段侯史陶黎贺顾郝龚邵钱严覃戴孔汤]';

/** A name that stands alone in a message, or beside a phone: "陈刚，13812345678". */
const ALONE = `(?<=^\\s*|\\d{7}[,，、;；\\s]{1,2}|\\s)(?!(?:${WORDS}))${COMMON}${GIVEN}{1,2}(?=(?<=^\\s*\\p{Script=Han}{2,3})\\s*$|[,，、;；\\s]{1,2}(?:电话|手机|联系电话)?\\s*1\\d{2}|(?<=\\d{7}[,，、;；\\s]{1,2}\\p{Script=Han}{2,3})[,，、;；])`;

const ENGLISH = '[A-Z][a-z]+(?:[- ][A-Z][a-z]+){0,2}';

/**
 * A person's name where one is introduced ("我叫张三", "联系人李芳", "免贵姓王", "my name is …"), a family name with a
 * title or what one is called ("老马"), or one that is all that is said beside a phone. Names are not guessed elsewhere,
 * since nearly every character can be one; a technician ("王师傅") is none.
 */
export const findPersons = byPattern(
  'person',
  new RegExp(
    [
      `(?<=${INTRODUCED})(?!(?:${WORDS}))((?:${FAMILY})${GIVEN}{1,2}?)${END}`,
      // Of other peoples: 买买提·吐尔逊.
      `(?<=${INTRODUCED})\\p{Script=Han}{2,6}[·•・]\\p{Script=Han}{2,8}`,
      `(?<=(?:免贵|我|本人|业主|户主|机主)姓)(${FAMILY})(?=[,，。\\s名]|$)`,
      `(?:${FAMILY})${GIVEN}{0,2}?${TITLE}`,
      `(?<=叫我|喊我|称呼我|叫俺)[小老阿](?:${FAMILY})|(?<=叫我|喊我|称呼我)(?:${FAMILY})${GIVEN}{1,2}?${END}`,
      ALONE,
      `(?<=\\b(?:[Mm]y name is|[Tt]he name is|[Nn]ame[:：]|[Tt]his is|[Cc]ontact(?: person)?(?: is|:)?|I am|I'm) )(?:(?:Mr|Mrs|Ms|Miss)\\.? )?(?!(?:Not|Very|So|In|At|On|The|Still|Sorry|Having|Using|Calling)\\b)${ENGLISH}`,
      `\\b(?:Mr|Mrs|Ms|Miss)\\.? [A-Z][a-z]+`,
    ].join('|'),
    'gu',
  ),
  ([name]) => name,
);

const escapeWord = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * Plans and packages by the names of the lexicon, or by their price ("129元套餐", "59的套餐"); the value is the plan's own
 * name, or the price in yuan with 元套餐.
 */
export function planFinder({ plans }: Pick<Lexicon, 'plans'>): EntityFinder {
  const nameOf = new Map(
    plans.flatMap(({ name, words }) => [name, ...words].map((word) => [word.toLowerCase(), name])),
  );
  const words = [...nameOf.keys()].sort((a, b) => b.length - a.length).map(escapeWord);
  const price = '(?<![\\d.¥￥])(?<price>\\d{1,4})\\s*(?:元|块钱?)?(?:一个?月)?的?';
  const size = '(?:\\d{1,3}[Gg]的?)?';
  const known = words.length > 0 ? `(?:${price}|${size})(?<name>${words.join('|')})|` : '';
  return byPattern(
    'plan',
    new RegExp(`${known}${price.replace('<price>', '<only>')}套餐`, 'giu'),
    ({ groups }) => {
      const name = nameOf.get(groups?.name?.toLowerCase() ?? '');
      return name ?? `${groups?.only ?? ''}元套餐`;
    },
  );
}
