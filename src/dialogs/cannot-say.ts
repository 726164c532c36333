const UNKNOWN =
  /^.{0,4}?(?:不知道|不晓得|不清楚|不记得|记不清|记不得|记不住|忘了|忘记了|找不到|没记|没带|唔知|不方便说|不想说|不敢|不会|不懂|看不懂|看不到|看不清)|^(?:i )?(?:don'?t|do not|can'?t) (?:know|remember|find|recall|see|tell|understand)|^no idea|^not sure/iu;

/** Says that the answer is not known, or cannot be looked at. The text is folded. */
export const doesNotKnow = (text: string): boolean => UNKNOWN.test(text);

/**
 * Answers of somebody who has not got what is asked for. A bare "没有" says it of a number of an order only: where an
 * address is asked it is no answer at all.
 */
const LACKS =
  /^.{0,6}?(?:没有?|沒有?|冇|没得)(?:单号|單號|工单号?|号码?|短信|编号|记录|收到短信|存|留|保存|记下来?)(?:了|啊|呀|的|呢)?$|(?:短信|单号|号码?|单子).{0,4}?(?:删|丢|没了|不见|找不着|弄没)|^(?:sorry,? )?(?:i (?:have|got|'ve got) |there(?:'s| is) )?no (?:order )?(?:number|sms|text|message)|\b(?:don'?t|do not|didn'?t|did not|never) (?:have|got|get|receive|received|keep|kept)\b|\b(?:lost|deleted|cannot find|can'?t find) (?:it|the|my)\b/iu;
const NONE = /^(?:没有?|沒有|冇)(?:了|啊|呀|的|呢)?$|^(?:no|nope|none)$/iu;

const lacksIt = (text: string, entity: string | undefined): boolean =>
  LACKS.test(text) || (entity === 'order-number' && NONE.test(text));

/** Does not know what is asked or, where a fact is asked for, has not got it. The text is folded. */
export const cannotSay = (text: string, asked: 'ask' | 'choose', entity: string | undefined): boolean =>
  doesNotKnow(text) || (asked === 'ask' && lacksIt(text, entity));
