import type { QualityFinding, QualityFindingKind } from '../../contract/quality';
import { findPhrases } from '../../handoff/before-sending/check-text';
import type { QualityPolicy } from '../policy';
import type { Material } from './stretch';

const about = (kind: QualityFindingKind, position: number | null = null): QualityFinding => ({
  kind,
  position,
  from: null,
  to: null,
  seconds: null,
});

/** Closed without saying under what it is filed. */
const findUnfiled = ({ kind, isClosed, disposition }: Material): QualityFinding[] =>
  kind === 'human' && isClosed && disposition === null ? [about('no-disposition')] : [];

/** A task of the stretch whose time passed before it was done. */
const findBroken = ({ tasks }: Material, now: number): QualityFinding[] =>
  tasks.some(({ dueAt, doneAt }) => dueAt < (doneAt ?? now)) ? [about('promise-broken')] : [];

/** The bot said the same again and again. */
function findCircles(material: Material, { sameLineTimes }: QualityPolicy['automatic']): QualityFinding[] {
  if (material.kind === 'human') return [];
  const times = new Map<string, number>();
  for (const { role, text, position } of material.lines) {
    if (role !== 'bot' || text === '') continue;
    const count = (times.get(text) ?? 0) + 1;
    times.set(text, count);
    if (count === sameLineTimes) return [about('same-line', position)];
  }
  return [];
}

/**
 * A human was asked for and did not come at once: the bot may ask one question, so the words after the next are the
 * latest at which the conversation must wait for one.
 */
function findWithheld(material: Material, { askedForHuman }: QualityPolicy['automatic']): QualityFinding[] {
  if (material.kind === 'human') return [];
  const asked = material.lines.filter(({ role }) => role === 'user');
  return asked.flatMap((line, i) => {
    const isAsked = findPhrases(line.text, askedForHuman).length > 0;
    const latest = asked[i + 2]?.at ?? null;
    const hasCome = material.humanAt.some((at) => at >= line.at && (latest === null || at <= latest));
    return isAsked && latest !== null && !hasCome ? [about('human-withheld', line.position)] : [];
  });
}

/** What was done, or left undone. */
export function findConduct(
  material: Material,
  automatic: QualityPolicy['automatic'],
  now: number,
): QualityFinding[] {
  return [
    ...findUnfiled(material),
    ...findBroken(material, now),
    ...findCircles(material, automatic),
    ...findWithheld(material, automatic).slice(0, 1),
  ];
}
