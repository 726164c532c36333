/**
 * Something that the customer says is not wanted: "不要取消预约" must not cancel. Only a negation right before the verb
 * counts ("彩铃不要了，取消" wants the cancelling), and a question ("能不能取消") is none.
 */
const ZH =
  /(?<![能是可要会])(?:不要|别|不用|不想|没说要|没有要|没让你|不是要|不需要|先不)(?:再|帮我|给我|替我|去|把它|急着){0,2}(?:取消|退订|退掉|退|拆|注销|销户|销号|停机|报停|投诉|申诉|转人工|转接|改约|改|换|升级|办理|装)/u;
const EN =
  /\b(?:don't|dont|do not|not|never|no need to|without)\s+(?:want to\s+|to\s+|please\s+|have to\s+)?(?:cancel|close|terminate|stop|suspend|complain|transfer|change|move|switch|install|reschedule)\b/i;
/** A second wish after the negation takes it back: "不要改，取消吧". */
const TAKEN_BACK = /(?:而是|就是要|要的是|取消吧|退了吧|but|instead)/iu;

export function isNegated(text: string): boolean {
  const found = ZH.exec(text) ?? EN.exec(text);
  if (!found) return false;
  return !TAKEN_BACK.test(text.slice(found.index + found[0].length));
}
