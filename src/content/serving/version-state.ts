import type { ContentVersion } from '../../contract/content-editing';
import type { ServingState } from './serving-state';

/** Where a version stands, for people. */
export function versionStateOf(version: string, state: ServingState): ContentVersion['state'] {
  const { current, planned, rollOut, offered } = state;
  if (version === current) return { type: 'current' };
  if (rollOut?.version === version)
    return { type: 'rolling-out', share: rollOut.share, channels: rollOut.channels };
  if (planned?.version === version) return { type: 'scheduled', at: new Date(planned.at).toISOString() };
  return { type: offered?.version === version ? 'offered' : 'past' };
}
