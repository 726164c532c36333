import type { Refusal } from './clocks/change-order';

/** Why a change of an order was refused, for programs and those who write them: what to do, and that nothing was changed. */
export const refusalWords: Record<Refusal, string> = {
  'not-found': 'There is no such order.',
  stale: 'The order was changed by somebody else meanwhile. Nothing was changed: read it again.',
  'not-allowed': 'The order cannot go there from where it stands. Nothing was changed: read it again.',
  'too-late': 'It was done more than seven days ago. Nothing was changed: open a new order.',
  reassigned: 'The order is in other hands. Nothing was changed.',
  'not-arrived': 'Nobody has arrived yet: say so first. Nothing was changed.',
  'no-call': 'The customer was not called yet: do that first. Nothing was changed.',
  'no-identity': "The holder's document was not seen to match yet: tell that first. Nothing was changed.",
  'bad-reading': 'The reading is not within the standard, so this is no repair. Nothing was changed.',
  'bad-visit': 'A visit lies ahead, ends after it begins and lasts ten hours at most. Nothing was changed.',
  'reply-not-approved':
    'The answer to a case of the authority goes out once a supervisor has approved it. Nothing was changed: draft it and have it approved.',
  'own-reply': 'Nobody approves an answer of their own. Nothing was changed: ask another supervisor.',
  'no-reply': 'There is no answer to approve yet. Nothing was changed: draft one first.',
};
