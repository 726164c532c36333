import type { Lexicon } from '../lexicon';
import { byPattern, type EntityFinder } from './patterns';

/** The hundred family names that nearly nine of ten bear, and the commonest of two characters. */
const FAMILY =
  '欧阳|上官|司马|诸葛|司徒|夏侯|皇甫|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]';
const GIVEN = '(?![你我他她您它的是了吗呢吧啊在有不就都也还])\\p{Script=Han}';
const INTRODUCED =
  '(?:我叫|名字是|名字叫|姓名(?:是|为|[:：])?|联系人(?:是|为|叫|[:：])?|户主(?:是|为|叫|[:：])?|机主(?:是|为|叫|[:：])?|本人|我是(?=(?:\\p{Script=Han}{2,3})(?:[,，。\\s]|$)))\\s*';

/**
 * A person's name where one is introduced ("我叫张三", "联系人李芳", "免贵姓王"), or a family name with a title: names are
 * not guessed elsewhere, since nearly every character can be one.
 */
export const findPersons = byPattern(
  'person',
  new RegExp(
    `(?<=${INTRODUCED})((?:${FAMILY})${GIVEN}{1,2}?)(?=[,，。;；、!！?？\\s\\d的电手]|$)|(?<=(?:免贵|我|本人)姓)(${FAMILY})(?=[,，。\\s名]|$)|((?:${FAMILY})(?:先生|女士|小姐|阿姨|大爷|老师))(?!傅)|(?<=\\b[Mm]y name is |\\b[Tt]he name is )([A-Z][a-z]+(?: [A-Z][a-z]+)?)`,
    'gu',
  ),
  ([name]) => name,
);

/** A new name for the wireless network, after the words that announce one. At most 32 bytes, as the standard has it. */
export const findSsids = byPattern(
  'ssid',
  /(?<=(?:(?:wi-?fi|无线|网络|ssid)(?:网)?(?:的)?(?:名字|名称|名)?|名字|名称|ssid)\s*(?:改成|改为|换成|设成|设为|叫做|叫|就叫|是|:|：)\s*["“「']?)[A-Za-z][\w-]{2,31}|(?<=\b(?:wi-?fi|network|ssid)(?: name)? (?:to|is|called|named) ["']?)[A-Za-z][\w-]{2,31}/giu,
  ([name]) => name,
);

const escapeWord = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Plans and packages by the names of the lexicon; the value is the plan's own name. */
export function planFinder({ plans }: Pick<Lexicon, 'plans'>): EntityFinder {
  const nameOf = new Map(
    plans.flatMap(({ name, words }) => [name, ...words].map((word) => [word.toLowerCase(), name])),
  );
  if (nameOf.size === 0) return () => [];
  const words = [...nameOf.keys()].sort((a, b) => b.length - a.length).map(escapeWord);
  return byPattern('plan', new RegExp(words.join('|'), 'giu'), ([word]) => nameOf.get(word.toLowerCase()));
}
