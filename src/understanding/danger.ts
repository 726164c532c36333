import type { Danger } from '../contract/understanding';
import { normalize } from './normalize';

/**
 * The danger lane: wording that skips everything else, judged before intents. Patterns are bounded and linear; what
 * merely sounds alike ("急死了", "光纤断了没网") must not fire, which the tests hold.
 */
const THING = '(?:电线杆|电杆|通信杆|杆子|线杆|铁塔|基站塔|pole|tower)';
const CABLE = '(?:光缆|电缆|线缆|通信线|电线|线|cable|wire|line)';

const lanes: [Danger, RegExp[]][] = [
  [
    'self-harm',
    [
      /(?:不想活|活不下去|想自杀|要自杀|我想死(?!你)|想去死|结束(?:自己的|我的)?生命|割腕|跳楼自杀|从楼上跳下去)/u,
      /\b(?:kill myself|suicide|end my life|want to die|don'?t want to live)\b/,
    ],
  ],
  [
    'emergency-call',
    [
      /(?:打不通|打不了|拨不通|打不出|呼不通|拨不出).{0,4}(?:110|119|120|紧急电话|急救电话|报警电话)/u,
      /(?:110|119|120|紧急电话|急救电话|报警电话).{0,4}(?:打不通|打不了|拨不通|打不出|拨不出)/u,
      /\b(?:can'?t|cannot|unable to)\b.{0,20}\b(?:emergency|911|110|119|120)\b/,
    ],
  ],
  [
    'physical',
    [
      new RegExp(`${THING}.{0,8}(?:倒|塌|砸|倾斜|撞断|断了|要掉|冧|fell|fall|collaps|lean)`, 'u'),
      new RegExp(
        `${CABLE}.{0,8}(?:垂|掉下来|掉下|掉到|绊|缠住|挂到|挂住|搭在高压|横在|裸露|hang|dangl|across the (?:road|street))`,
        'u',
      ),
      /(?:光猫|机顶盒|路由器|光交箱|交接箱|设备|箱子|插座|线).{0,6}(?:着火|起火|冒烟|烧起来|烧着|冒火|火花|漏电)/u,
      /(?:着火了|触电|被电到|被电了|电到人|漏电)/u,
      /井盖.{0,6}(?:没了|丢了|不见|坏|破|翻|掉)|掉(?:进|下).{0,4}(?:窨井|井里|井下)/u,
      /\b(?:on fire|burning|electric shock|electrocuted|smoke is coming|sparks? from|manhole cover is)\b/,
    ],
  ],
  [
    'scam',
    [
      /(?:转账|转钱|汇款|打钱).{0,10}(?:骗子|安全账户|公安|涉案|洗钱)|(?:涉案|涉嫌洗钱|安全账户|公安局).{0,12}(?:转账|转钱|汇款|转到)/u,
      /(?:要|让|叫|问).{0,4}我.{0,6}(?:报|给|说|提供|发).{0,6}验证码|(?:要|让|叫).{0,4}我.{0,6}验证码.{0,4}(?:报|念|告诉|发给|说给|给他|给她|给对方)|验证码.{0,6}(?:给别人|告诉别人|给了|给骗子|发给)/u,
      /(?:被骗了|被诈骗|上当受骗|骗走了|正在骗我|共享屏幕|屏幕共享)/u,
      /\b(?:safe account|asks? (?:me )?for (?:my|the) (?:one-time |verification )?code|gave .{0,12}code|being scammed|been scammed)\b/,
    ],
  ],
];

/** The lane that an utterance belongs to; null for nearly all. */
export function findDanger(text: string): Danger | null {
  const folded = normalize(text);
  return lanes.find(([, patterns]) => patterns.some((pattern) => pattern.test(folded)))?.[0] ?? null;
}

const UPSET =
  /(?:太过分|骗子公司|垃圾公司|垃圾电信|欺负人|忍无可忍|气死|火大|滚|妈的|tmd|他妈|傻逼|草泥马|什么破|烂透|投诉死|三番五次|再不.{0,6}(?:就|我))|!{2,}|！{2,}|(?:老人|孕妇|怀孕|要生了|住院|病人|急救|报警|残疾)|\b(?:ridiculous|unacceptable|furious|fed up|bullshit|fuck|wtf|pregnant|emergency|elderly)\b/iu;

/** The customer is angry, or old, ill or pregnant: a human is offered first. */
export const isUpset = (text: string): boolean => UPSET.test(normalize(text)) || /[!！]{2,}/.test(text);
