const ADDRESS = /https?:\/\/[^\s<>"'，。！？；：、（）【】《》“”]+/g;
/** What ends a sentence rather than the address in it. */
const TAIL = /[.,!?;:)\]}]+$/;

/** A piece of a line; only plain web addresses can be followed. */
export interface Part {
  text: string;
  isAddress: boolean;
}

/** Loses and adds nothing: the texts of the parts make up the whole. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(TAIL, '');
    if (index > from) parts.push({ text: text.slice(from, index), isAddress: false });
    parts.push({ text: address, isAddress: true });
    from = index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isAddress: false });
  return parts;
}
