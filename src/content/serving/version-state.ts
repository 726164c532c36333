import type { ContentVersion } from '../../contract/content-editing';
import { patienceMs, type ServingState, wasServed } from './serving-state';

const iso = (at: number): string => new Date(at).toISOString();

/** Where a version stands, for people. */
export function versionStateOf(version: string, state: ServingState): ContentVersion['state'] {
  const { current, planned, missed, rollOut, offered } = state;
  if (version === current) return { type: 'current' };
  if (rollOut?.version === version)
    return { type: 'rolling-out', share: rollOut.share, channels: rollOut.channels };
  if (planned?.version === version) {
    const { at, holdUp } = planned;
    const held = holdUp && {
      since: iso(holdUp.since),
      until: iso(holdUp.since + patienceMs(holdUp.why)),
      why: holdUp.why,
    };
    return { type: 'scheduled', at: iso(at), holdUp: held };
  }
  if (missed?.version === version)
    return { type: 'missed', at: iso(missed.at), endedAt: iso(missed.endedAt), why: missed.why };
  if (offered?.version === version) return { type: 'offered' };
  return { type: wasServed(state, version) ? 'past' : 'unused' };
}
