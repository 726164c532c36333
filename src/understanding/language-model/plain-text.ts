/** Marks of markup, templates and code. */
const MARKUP = /[<>{}`|]|\]\(|\*\*|^\s*#/mu;
/** What nobody sees: it would hide words from every check, and from the reader. */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}]|[^\P{Cc}\n]/u;

/** True for text that says what it shows: neither markup nor characters that cannot be seen. */
export const isPlainText = (text: string): boolean => !MARKUP.test(text) && !INVISIBLE.test(text);
