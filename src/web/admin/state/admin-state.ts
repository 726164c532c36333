import type { Permission } from '../../../accounts/permissions';
import { type Bench, type BenchEvent, emptyBench, reduceBench } from './bench';
import { mayBecome, ownPlacesOf } from './own-places';

/** The fault of whoever would change content of other places than their own. */
export const OTHER_PLACES = 'other-places';

export interface AdminAccount {
  id: string;
  login: string;
  name: string;
  permissions: Permission[];
  /** Where content may be changed; everywhere when empty. */
  places: string[];
}

/** What the page shows beside the draft. `expired`: the sign-in ended; what was written stays where it was. */
export interface AdminState {
  phase: 'starting' | 'signed-out' | 'limited' | 'expired' | 'ready';
  account: AdminAccount | null;
  bench: Bench;
  notice: { text: string; isBad: boolean } | null;
}

export type AdminEvent =
  | BenchEvent
  | { type: 'signed-in'; account: AdminAccount; isLimited: boolean }
  | { type: 'signed-out' }
  | { type: 'expired' }
  | { type: 'notice'; text: string; isBad: boolean }
  | { type: 'dismissed' };

export const emptyAdmin: AdminState = {
  phase: 'starting',
  account: null,
  bench: emptyBench,
  notice: null,
};

export function reduceAdmin(state: AdminState, event: AdminEvent): AdminState {
  switch (event.type) {
    case 'signed-in':
      return { ...state, phase: event.isLimited ? 'limited' : 'ready', account: event.account };
    case 'signed-out':
      return { ...emptyAdmin, phase: 'signed-out' };
    case 'expired':
      return state.phase === 'ready' ? { ...state, phase: 'expired' } : { ...state, phase: 'signed-out' };
    case 'notice':
      return { ...state, notice: { text: event.text, isBad: event.isBad } };
    case 'dismissed':
      return { ...state, notice: null };
    case 'edit': {
      const own = ownPlacesOf(state.account, state.bench);
      if (own !== null && !mayBecome(state.bench, event.path, event.text, own))
        return { ...state, notice: { text: OTHER_PLACES, isBad: true } };
      return withBench(state, event);
    }
    default:
      return withBench(state, event);
  }
}

function withBench(state: AdminState, event: BenchEvent): AdminState {
  const bench = reduceBench(state.bench, event);
  return bench === state.bench ? state : { ...state, bench };
}
