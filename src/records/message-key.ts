/** The same for messages that differ in spaces and punctuation only. */
export const keyOfMessage = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
