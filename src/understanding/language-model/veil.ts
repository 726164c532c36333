import type { Entity } from '../../contract/understanding';

/**
 * Hides personal data behind placeholders before words leave for the model, and puts it back into what comes from it.
 * One veil serves one question: the same value has the same placeholder in all of its words.
 */
export interface Veil {
  hide(text: string): string;
  /** Null when the text has a placeholder that was never given out: the model made it up. */
  restore(text: string): string | null;
}

const OPEN = '⟦';
const CLOSE = '⟧';
const BRACKETS = /[⟦⟧]/g;
const PLACEHOLDER = /⟦[a-z]+-\d+⟧/g;

/** What kinds of entities are called behind the veil. */
const KINDS: Record<string, string> = {
  phone: 'phone',
  'broadband-account': 'account',
  'order-number': 'order',
  'id-card': 'document',
  'one-time-code': 'code',
  address: 'address',
  'address-part': 'address',
  person: 'name',
  ssid: 'network',
};

/** What the finders may have missed: better hidden once too often. */
const PATTERNS: [kind: string, pattern: RegExp][] = [
  ['mail', /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g],
  // However they are grouped, and in whatever digits.
  [
    'number',
    /[+＋]?[\d０-９零〇一二三四五六七八九幺](?:[\s\-－_./·、，,()（）]{0,2}[\d０-９零〇一二三四五六七八九幺]){6,}[Xx]?/g,
  ],
  ['number', /[A-Za-z]{0,4}[\d０-９]{5,}[A-Za-z0-9]{0,12}/g],
  ['name', /(?<=(?:我叫|我是|姓名[是:：]?|联系人[是:：]?))\p{Script=Han}{2,3}(?=[,，。;；\s]|$)/gu],
  ['name', /(?<=\b(?:my name is|i am|this is)\s)[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2}/g],
];

interface Span {
  start: number;
  end: number;
  kind: string;
}

const spansOfName = (text: string, name: string): Span[] => {
  const spans: Span[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
    spans.push({ start: at, end: at + name.length, kind: 'name' });
  return spans;
};

/** What of a span is not covered by another. */
const uncovered = (span: Span, other: Span): Span[] =>
  span.end <= other.start || other.end <= span.start
    ? [span]
    : [
        { ...span, end: other.start },
        { ...span, start: other.end },
      ].filter(({ start, end }) => start < end);

/** What was found first has its kind; of what overlaps it the rest is hidden by itself. */
function withoutOverlaps(spans: Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const rest = kept.reduce<Span[]>(
      (parts, other) => parts.flatMap((part) => uncovered(part, other)),
      [span],
    );
    kept.push(...rest);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** `names`: who is known to be spoken of. `findEntities` finds the rest, in one text. */
export function createVeil(findEntities: (text: string) => Entity[], names: (string | null)[]): Veil {
  const known = names.flatMap((name) => (name && name.trim().length >= 2 ? [name.trim()] : []));
  const placeholders = new Map<string, string>();
  const originals = new Map<string, string>();
  const serials = new Map<string, number>();

  function placeholderOf(value: string, kind: string): string {
    const given = placeholders.get(value);
    if (given) return given;
    const serial = (serials.get(kind) ?? 0) + 1;
    serials.set(kind, serial);
    const placeholder = `${OPEN}${kind}-${serial}${CLOSE}`;
    placeholders.set(value, placeholder);
    originals.set(placeholder, value);
    return placeholder;
  }

  function spansOf(text: string): Span[] {
    const entities = findEntities(text).flatMap(({ type, start, end }): Span[] => {
      const kind = KINDS[type];
      return kind ? [{ start, end, kind }] : [];
    });
    const others = PATTERNS.flatMap(([kind, pattern]) =>
      [...text.matchAll(pattern)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        kind,
      })),
    );
    return withoutOverlaps([...entities, ...known.flatMap((name) => spansOfName(text, name)), ...others]);
  }

  return {
    hide(words) {
      // Nobody brings placeholders of their own, or numbers with something between that nobody sees.
      const text = words.replace(/\p{Cf}/gu, '').replace(BRACKETS, ' ');
      let hidden = '';
      let at = 0;
      for (const { start, end, kind } of spansOf(text)) {
        hidden += text.slice(at, start) + placeholderOf(text.slice(start, end), kind);
        at = end;
      }
      return hidden + text.slice(at);
    },
    restore(text) {
      const restored = text.replace(PLACEHOLDER, (placeholder) => originals.get(placeholder) ?? placeholder);
      return restored.includes(OPEN) || restored.includes(CLOSE) ? null : restored;
    },
  };
}
