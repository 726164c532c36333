/** Where a text may be cut, best first: after a paragraph, a sentence, a clause, a word. */
const CUTS = [/\n+/g, /[。！？!?…]+["”』」）)]*|\.(?=\s)/g, /[，、；;,：:]/g, /\s+/g];

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** The longest beginning within the bytes that cuts through no character. */
function longestWithin(text: string, bytes: number): number {
  let used = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += Buffer.byteLength(segment);
    // A single character larger than the limit is cut all the same: something must go out.
    if (used > bytes) return index === 0 ? Math.max(1, Math.floor(bytes / 4)) : index;
  }
  return text.length;
}

/** The end of the last cut of a kind in the text; null when there is none far enough in to be worth it. */
function lastCut(text: string, pattern: RegExp): number | null {
  const ends = [...text.matchAll(pattern)].map((match) => match.index + match[0].length);
  const last = ends.filter((end) => end <= text.length).at(-1) ?? 0;
  return last > text.length / 3 ? last : null;
}

/** Splits a text into pieces of at most so many bytes of UTF-8, at ends of sentences where it can. */
export function splitText(text: string, bytes: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (Buffer.byteLength(rest) > bytes) {
    const most = rest.slice(0, longestWithin(rest, bytes));
    const cut = CUTS.map((pattern) => lastCut(most, pattern)).find((end) => end !== null) ?? most.length;
    const piece = rest.slice(0, cut).trim();
    if (piece !== '') pieces.push(piece);
    rest = rest.slice(cut).trim();
  }
  return rest === '' ? pieces : [...pieces, rest];
}
