const BREAKS =
  /[，。；！？,;!?\n]+|\.(?=\s|$)|(?:顺便|还有就是|还有|另外|对了|再就是|and also|also|by the way|btw)/giu;

/** The parts of a message that may each be a concern: at least two characters of Chinese or two Latin words. */
export const segmentsOf = (text: string): string[] =>
  text
    .split(BREAKS)
    .map((part) => part.trim())
    .filter((part) => /\p{Script=Han}{2,}/u.test(part) || /[a-z]+\s+[a-z]+/i.test(part));
