/** Words that begin another concern. */
const CUES = '顺便|还有就是|还有|另外|对了|再就是|and also|also|by the way|btw';
/** Between Chinese characters a space is a comma. */
const BREAKS = new RegExp(
  `[，。；！？,;!?\\n]+|\\.(?=\\s|$)|(?<=\\p{Script=Han})\\s+(?=\\p{Script=Han})|(?=${CUES})`,
  'giu',
);
const CUE = new RegExp(`^(?:${CUES})`, 'iu');

export interface Segment {
  text: string;
  /** True when the customer says that it is another concern. */
  isCued: boolean;
}

/** The parts of a message that may each be a concern: at least two characters of Chinese or two Latin words. */
export const segmentsOf = (text: string): Segment[] => {
  let isCued = false;
  return text.split(BREAKS).flatMap((part): Segment[] => {
    const said = part.trim();
    const begins = CUE.test(said);
    const rest = said.replace(CUE, '').trim();
    const isLong = /\p{Script=Han}{2,}/u.test(rest) || /[a-z]+\s+[a-z]+/i.test(rest);
    const segment = { text: rest, isCued: isCued || begins };
    // A cue that stands alone belongs to what follows it.
    isCued = begins && !isLong;
    return isLong ? [segment] : [];
  });
};
