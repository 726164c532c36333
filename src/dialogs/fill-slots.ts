import type { Frame } from '../contract/dialog';
import type { Entity, Understanding } from '../contract/understanding';
import { isFilled } from './run-steps';
import type { ChooseStep } from './schema';
import { dialogOf, setSlot, type Turn } from './turn';

const CORRECTION =
  /不对|不是|错了|搞错|更正|改成|改为|改到|应该是|写错|说错|\b(?:wrong|not|actually|correction|i mean|instead)\b/iu;
const ADDRESS_ORDER = [
  'district',
  'road',
  'number',
  'community',
  'building',
  'unit',
  'floor',
  'room',
] as const;

const isAddress = (type: string): boolean => type === 'address' || type === 'address-part';
const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** A correction of an address changes only the parts that were said. */
function mergeAddress(old: unknown, fresh: unknown): Record<string, unknown> {
  const parts = { ...asRecord(old), ...asRecord(fresh) };
  const isEnglish = /[a-z]{3}/i.test(String(parts.road ?? parts.building ?? ''));
  const said = ADDRESS_ORDER.flatMap((name) => (parts[name] ? [String(parts[name])] : []));
  return { ...parts, full: said.join(isEnglish ? ', ' : '') };
}

const fits = (entity: Entity, wanted: string | undefined): boolean =>
  wanted === entity.type || (wanted === 'address' && isAddress(entity.type));

export interface Filling {
  filled: string[];
  corrected: string[];
}

/**
 * Puts what was said into the slots of the open dialog: empty ones are filled, volunteered ones too; a filled one
 * changes only when the customer says so, or names it again while it is asked for.
 */
export function fillSlots(
  turn: Turn,
  frame: Frame,
  understanding: Understanding,
  asked: string | null,
): Filling {
  const slots = dialogOf(turn, frame)?.slots ?? {};
  const isCorrection = CORRECTION.test(understanding.text);
  const result: Filling = { filled: [], corrected: [] };
  for (const entity of understanding.entities) {
    const names = Object.keys(slots).filter((name) => fits(entity, slots[name]?.entity));
    const name =
      names.find((each) => each === asked) ?? names.find((each) => !isFilled(frame.slots[each])) ?? names[0];
    if (!name) continue;
    const old = frame.slots[name];
    const isAddressPart = isAddress(entity.type);
    if (isFilled(old) && !isCorrection && !isAddressPart) continue;
    setSlot(turn, frame, name, isAddressPart ? mergeAddress(old, entity.value) : entity.value);
    (isFilled(old) ? result.corrected : result.filled).push(name);
  }
  return result;
}

/** The option that an answer means: its number, its words, a word of its own, or an intent that stands for it. */
export function findOption(step: ChooseStep, understanding: Understanding): string | null {
  const said = understanding.text.normalize('NFKC').trim().toLowerCase();
  const ordinal = /^(?:第)?\s*([1-3①②③一二三])\s*(?:个|项|[.。、)])?$/u.exec(said)?.[1];
  if (ordinal) {
    const at = '123'.indexOf(ordinal) + 1 || '①②③'.indexOf(ordinal) + 1 || '一二三'.indexOf(ordinal) + 1;
    const option = step.options[at - 1];
    if (option) return option.value;
  }
  const exact = step.options.find(({ label, value }) =>
    [label.zh, label.en, value].some((word) => word.toLowerCase() === said),
  );
  if (exact) return exact.value;
  const intents = understanding.intents.map(({ intent }) => intent);
  // The longest word that was said decides: "没有松动" is about 没有, not about 松动.
  const byWord = step.options
    .flatMap(({ value, label, words }) =>
      [label.zh, label.en, ...words].map((word) => ({ value, word: word.toLowerCase() })),
    )
    .filter(({ word }) =>
      /^[a-z' ]+$/.test(word) ? new RegExp(`\\b${word}\\b`).test(said) : said.includes(word),
    )
    .sort((a, b) => b.word.length - a.word.length)[0];
  return (
    byWord?.value ??
    step.options.find((option) => option.intents.some((intent) => intents.includes(intent)))?.value ??
    null
  );
}
