import type { Grievance } from '../contract/understanding';
import { normalize } from './normalize';

/**
 * How a message sounds beside its matter, for those that name none: "你们真垃圾，这个月第三次了" asks for nothing, and is
 * still a customer who must not be met with "what is it about?". Bounded, linear patterns.
 */
const ANGRY =
  /垃圾(?!短信|电话|信息|邮件|桶|分类|广告)|废物|狗屁|狗日|放屁|扯淡|坑(?:人|爹|死|我|钱|货)|骗(?:子|人|我|钱)|(?:什么|啥|这)(?:破|烂|鬼|垃圾)|破(?:公司|网|宽带|服务|东西|运营商)|烂(?:公司|网|透|死|服务)|差劲|太差|真差|差到|无语|气(?:死|人|炸|疯)|恼火|火大|来气|生气|愤怒|烦(?:死|透|人)|受够|受不了|忍无可忍|忍不了|过分|离谱|不要脸|恶心|妈的|他妈|tmd|特么|尼玛|傻[逼比b]|草泥马|干(?:什么|啥)吃|吃干饭|白吃饭|滚(?:蛋|吧|犊子|$)|服了你|欺负人|(?:说话|讲话)不算(?:数|话)|(?:还|都)?让不让人(?:用|活)|到底(?:行不行|管不管|想怎样|会不会|能不能行)|有完没完|没完没了|不靠谱|(?:你们|客服|真是?|太)(?:就是|这么|真|太|都|是)*没用|不作为|没人管|没一个(?:能|管|靠)|糊弄|忽悠|耍(?:我|人)|玩我|再也不(?:用|信)/u;

const ANGRY_EN =
  /\b(?:useless|worthless|pathetic|(?:terrible|awful|horrible|worst|rubbish|lousy|shitty|crappy)(?! signal| connection| speed| reception)|garbage|trash|crap|bull ?shit|shit|(?:you|this|it|service|company)(?: guys| people| all)?(?: really| just)? sucks?|(?:is|are|what|such) a (?:joke|scam|disgrace)|incompetent|idiots?|morons?|clowns?|hate (?:you|this|your)|sick (?:and tired )?of|(?:so )?tired of (?:this|you|calling|your)|fed up|had enough|ridiculous|unacceptable|furious|disgusting|disgraceful|disgrace|outrageous|angry|pissed|mad at|fuck\w*|wtf|never (?:fix|help|listen|answer|works?|care)|(?:don'?t|do not|doesn'?t|nobody|no one) (?:even )?cares?|liars?|thieves|scammers|rip-?off|waste of (?:time|money)|what (?:the hell|is wrong with you|(?:am i|are we|do i|do we) pay(?:ing)?)|how (?:hard|difficult) (?:can|is) it)\b/u;

const REPEATED =
  /第(?:[二三四五六七八九十几两多nN]|\d)+[次回遍趟]|(?:都|已经|这个?月|这周|今年).{0,4}(?:[三四五六七八九十几两多]|\d)+(?:几|多|来)?[次回遍趟]|(?:好几|很多|无数|多少|[三四五六七八九十])(?:几|多|来)?[次回遍趟]|[又再][坏断来掉卡挂崩犯]|又(?:是你|是这|出(?:问题|毛病|故障|事)|这样|不(?:行|能|好)|没(?:网|信号|了)|没修好|开始)|每次(?:都|这)|天天|三天两头|隔三差五|三番五次|一而再|再而三|反反复复|反复|屡次|没完没了|还没修好/u;

const REPEATED_EN =
  /\b(?:second|third|fourth|fifth|sixth|seventh|2nd|3rd|\d{1,2}th|nth|umpteenth|hundredth) (?:\w+ )?time|\b(?:two|three|four|five|six|ten|so many|several|too many|multiple|how many|\d{1,2}) times\b|\bagain\b|\bevery (?:single )?(?:day|week|month|time|night|other day)\b|\bkeeps? (?:happening|breaking|failing|going|dropping|on)\b|\b(?:over and over|still (?:not|isn'?t|hasn'?t|hasn'?t been|no)|once more|yet another)\b/u;

const BROKEN =
  /坏|断|掉线|掉网|没网|没信号|修|故障|毛病|出问题|用不了|不能用|崩了|挂了|(?:网|宽带|信号|电视|座机|线路).{0,6}(?:不行|不好|没了|卡|慢)|上不了|卡死|\b(?:broke|broken|breaks|breaking|down|fix|fixed|fixes|fail(?:s|ed|ing)?|fault|faulty|outage|(?:not|doesn'?t|isn'?t|won'?t|stopped) work(?:s|ing)?|cut(?:s|ting)? out|drop(?:s|ped|ping)|dead|repair(?:s|ed)?|out again)\b/u;

/** What in a message tells of anger and of trouble; null for nearly all. */
export function findGrievance(text: string): Grievance | null {
  const said = normalize(text);
  const isAngry = ANGRY.test(said) || ANGRY_EN.test(said);
  const isRepeated = REPEATED.test(said) || REPEATED_EN.test(said);
  if (!isAngry && !isRepeated) return null;
  return { isAngry, isRepeated, isBroken: BROKEN.test(said) };
}
