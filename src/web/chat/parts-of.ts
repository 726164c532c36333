/** A piece of a line: words, a plain web address, or the number of a work order. */
export interface Part {
  type: 'words' | 'address' | 'order';
  text: string;
}

const ADDRESS = /https?:\/\/[^\s<>"'，。！？；：、（）【】《》“”]+/;
/** What ends a sentence rather than the address in it. */
const TAIL = /[.,!?;:)\]}]+$/;
/** As the server prints them; whether there is such an order only the server knows. */
const ORDER = /(?<![0-9A-Za-z])[FIC]\d{6}[0-9A-HJKMNP-TV-Z]{9}(?![0-9A-Za-z])/;
const FOUND = new RegExp(`${ADDRESS.source}|${ORDER.source}`, 'g');

/** Loses and adds nothing: the texts of the parts make up the whole. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(FOUND)) {
    const isAddress = found.startsWith('http');
    const whole = isAddress ? found.replace(TAIL, '') : found;
    if (index > from) parts.push({ type: 'words', text: text.slice(from, index) });
    parts.push({ type: isAddress ? 'address' : 'order', text: whole });
    from = index + whole.length;
  }
  if (from < text.length) parts.push({ type: 'words', text: text.slice(from) });
  return parts;
}
