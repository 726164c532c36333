import type { PolicySet } from './policies';

/** Policies that are replaced while the server runs; `set` always reads as those of today. */
export interface LivePolicies {
  set: PolicySet;
  replace(next: PolicySet): void;
}

/** Whoever holds the set reads it when it is needed, and so sees what was published since. */
export function createLivePolicies(first: PolicySet): LivePolicies {
  let now = first;
  return {
    set: {
      get hash() {
        return now.hash;
      },
      get timeZone() {
        return now.timeZone;
      },
      get quietHours() {
        return now.quietHours;
      },
      get calendars() {
        return now.calendars;
      },
      get policies() {
        return now.policies;
      },
    },
    replace(next) {
      now = next;
    },
  };
}
