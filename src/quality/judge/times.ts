import type { QualityFinding, QualityMeasures } from '../../contract/quality';
import { findPhrases } from '../../handoff/before-sending/check-text';
import type { QualityPolicy } from '../policy';
import type { Material, SpokenLine } from './stretch';

/** A time that a customer waited for words, and the line that they waited with. */
interface Wait {
  ms: number;
  position: number | null;
  isFirst: boolean;
}

const ownRole = ({ kind }: Material): SpokenLine['role'] => (kind === 'human' ? 'agent' : 'bot');

/** Every wait for words, in order. Whoever takes leave waits for nothing. */
function waitsIn(material: Material, { farewells }: QualityPolicy['automatic']): Wait[] {
  const own = ownRole(material);
  const waits: Wait[] = [];
  // A human owes the first words from the claim on; the bot owes them to the first line.
  let since: { at: number; position: number | null; isBye: boolean } | null =
    material.kind === 'human' ? { at: material.beganAt, position: null, isBye: false } : null;
  for (const { role, at, position, text } of material.lines) {
    if (role === own) {
      if (since) waits.push({ ms: at - since.at, position: since.position, isFirst: waits.length === 0 });
      since = null;
    } else if (role === 'user') since ??= { at, position, isBye: findPhrases(text, farewells).length > 0 };
  }
  if (since && !since.isBye)
    waits.push({ ms: material.endedAt - since.at, position: since.position, isFirst: waits.length === 0 });
  return waits;
}

export function measure(material: Material, automatic: QualityPolicy['automatic']): QualityMeasures {
  const own = ownRole(material);
  const waits = waitsIn(material, automatic);
  const lines = (role: SpokenLine['role']) => material.lines.filter((line) => line.role === role).length;
  return {
    firstReplyMs: lines(own) > 0 ? (waits[0]?.ms ?? null) : null,
    longestSilenceMs: Math.max(0, ...waits.map(({ ms }) => ms)),
    customerLines: lines('user'),
    ownLines: lines(own),
  };
}

/** Waits that were too long. */
export function findWaits(material: Material, automatic: QualityPolicy['automatic']): QualityFinding[] {
  return waitsIn(material, automatic).flatMap(({ ms, position, isFirst }) => {
    const limit = isFirst ? automatic.firstReplySeconds : automatic.silenceSeconds;
    const kind = isFirst ? ('slow-first-reply' as const) : ('silence' as const);
    const seconds = Math.round(ms / 1000);
    return seconds > limit ? [{ kind, position, from: null, to: null, seconds }] : [];
  });
}
