import type { Finding, FindingKind } from '../../contract/desk-checks';
import type { AgentWords } from './agent-words';

/** A stretch of a text, in UTF-16 units as a text field counts them. */
export interface Span {
  from: number;
  to: number;
}

export interface CheckOptions {
  words: AgentWords;
  /** Finds documents, cards, passwords and codes. */
  findSecrets: (text: string) => Span[];
  /** True when a task with a time stands for this conversation: what is promised will be kept. */
  hasTask: boolean;
}

const REMEDIES: Record<Exclude<FindingKind, 'forbidden'>, Finding['remedy']> = {
  'personal-data': {
    zh: '不在聊天里发证件、号码和密码；确有需要时只说后四位',
    en: 'no documents, numbers or passwords in chat; the last four digits where they are needed',
  },
  link: {
    zh: '这个网址不在可发送的名单里，客户无法分辨真假',
    en: 'this address is not on the list; the customer cannot tell it from a forged one',
  },
  promise: {
    zh: '答应了就要做到：先建一个带时间的任务，并告诉客户具体时刻',
    en: 'a promise is kept: make a task with a time first, and tell the customer that time',
  },
};

/** The same length as the text, so that places fit: full-width signs and capitals are the same as the plain ones. */
const fold = (text: string): string =>
  [...text]
    .map((sign) => {
      const plain = sign.normalize('NFKC').toLowerCase();
      return plain.length === sign.length ? plain : sign;
    })
    .join('');

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[a-z0-9]/.test(sign);

/** Every place of a phrase; English ones as whole words only. */
function placesOf(phrase: string, folded: string): Span[] {
  const wanted = fold(phrase);
  const places: Span[] = [];
  for (let from = folded.indexOf(wanted); from >= 0; from = folded.indexOf(wanted, from + 1)) {
    const to = from + wanted.length;
    const isPartOfWord =
      (isLetter(wanted[0]) && isLetter(folded[from - 1])) ||
      (isLetter(wanted.at(-1)) && isLetter(folded[to]));
    if (!isPartOfWord) places.push({ from, to });
  }
  return places;
}

/** Every place of phrases in either language. */
export function findPhrases(text: string, { zh, en }: { zh: string[]; en: string[] }): Span[] {
  const folded = fold(text);
  return [...zh, ...en].flatMap((phrase) => placesOf(phrase, folded));
}

const PHONE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g;
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;
/** With or without its scheme; the ends of sentences in either language are no part of it. */
const LINK =
  /(?:https?:\/\/)?(?<host>(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18})(?![\w-])(?::\d{1,5})?(?:[/?#][^\s，。；、！？）)]{0,500})?/g;

const spansOf = (pattern: RegExp, text: string): Span[] =>
  [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length }));

const isListed = (host: string, hosts: string[]): boolean =>
  hosts.some((each) => host === each || host.endsWith(`.${each}`));

function linksIn(folded: string, hosts: string[]): Span[] {
  return [...folded.matchAll(LINK)]
    .filter((match) => folded[match.index - 1] !== '@' && !isListed(match.groups?.host ?? '', hosts))
    .map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** What the agent should look at again, in the order of the text. Pure; nothing is changed or held back. */
export function checkText(text: string, { words, findSecrets, hasTask }: CheckOptions): Finding[] {
  const folded = fold(text);
  const phrases = (wanted: { zh: string[]; en: string[] }) => findPhrases(text, wanted);
  const found = (kind: Exclude<FindingKind, 'forbidden'>, spans: Span[]): Finding[] =>
    spans.map((span) => ({ kind, ...span, remedy: REMEDIES[kind] }));
  const mails = spansOf(MAIL, folded);
  const all: Finding[] = [
    ...words.forbidden.flatMap(({ words: each, remedy }) =>
      phrases(each).map((span) => ({ kind: 'forbidden' as const, ...span, remedy })),
    ),
    ...found('personal-data', [...findSecrets(text), ...spansOf(PHONE, folded), ...mails]),
    ...found(
      'link',
      linksIn(folded, words.linkHosts).filter((link) => !mails.some((mail) => overlaps(link, mail))),
    ),
    ...found('promise', hasTask ? [] : phrases(words.promises)),
  ];
  return all.sort((a, b) => a.from - b.from || b.to - a.to).filter(isFirstOfItsKind);
}

/** A phone inside a longer number, or a phrase inside a longer one, is said once. */
const isFirstOfItsKind = (finding: Finding, i: number, all: Finding[]): boolean =>
  !all.slice(0, i).some((other) => other.kind === finding.kind && overlaps(other, finding));
