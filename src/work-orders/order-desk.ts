import type { Activity } from '../contract/activity';
import type { PauseReason } from '../contract/sla';
import { type ExplainedClock, explainClock } from '../sla/explain-clock';
import type { ChangeResult, OrderBooks, ReplyRefusal } from './clocks/change-order';
import { readClocks } from './clocks/order-clocks';
import { readEvidence } from './complaints/read-evidence';
import { draftReply, ruleOnReply } from './complaints/regulator-reply';
import { pauseOrder, resumeOrder, ruleOnPause } from './pause-order';
import { readOrder, readOrdersOfConversation } from './read-orders';
import { type Transition, transitionOrder } from './transition-order';

interface Act {
  number: string;
  version: number;
  by: string;
  note: string | null;
}

type DeskResult =
  | Extract<ChangeResult, { status: 'changed' }>
  | { status: 'not-found' | 'not-allowed' | 'too-late' | 'conflict' | ReplyRefusal };

/** Orders as agents work with them: unrestricted reads, and every change. `onEvent` wakes the events relay. */
export function createOrderDesk(deps: OrderBooks & { clock: () => number; onEvent: () => void }) {
  const { db, policies } = deps;
  async function tell(work: Promise<ChangeResult>): Promise<DeskResult> {
    const result = await work;
    if (result.status === 'changed') {
      deps.onEvent();
      return result;
    }
    switch (result.reason) {
      case 'stale':
        return { status: 'conflict' };
      case 'not-found':
      case 'too-late':
      case 'reply-not-approved':
      case 'own-reply':
      case 'no-reply':
        return { status: result.reason };
      default:
        return { status: 'not-allowed' };
    }
  }
  const now = () => ({ at: deps.clock() });
  return {
    readOrder: (number: string) => readOrder(db, number),
    ordersOf: (conversationId: string) => readOrdersOfConversation(db, conversationId),
    transitionOrder: (transition: Omit<Transition, 'at' | 'reason'>) =>
      tell(transitionOrder(deps, { ...transition, ...now() })),
    pauseOrder: (act: Act & { reason: PauseReason }) => tell(pauseOrder(deps, { ...act, ...now() })),
    resumeOrder: (act: Act) => tell(resumeOrder(deps, { ...act, ...now() })),
    ruleOnPause: (act: Act & { isUpheld: boolean }) => tell(ruleOnPause(deps, { ...act, ...now() })),
    /** The answer to a case of the authority: drafted, and ruled on by somebody else. */
    draftReply: (act: Act & { text: string }) => tell(draftReply(deps, { ...act, ...now() })),
    ruleOnReply: (act: Act & { isApproved: boolean }) => tell(ruleOnReply(deps, { ...act, ...now() })),
    /** Files that the customer sent about a complaint; none for other orders. */
    async readEvidence(number: string): Promise<Activity[]> {
      const found = await readOrder(db, number);
      return found?.order.kind === 'complaint' ? readEvidence(db, found.order) : [];
    },
    /** The clocks of an order, explained; empty for one that has none, or is not there. */
    async explainClocks(number: string): Promise<ExplainedClock[]> {
      const clocks = await readClocks(db, number);
      return clocks.map((clock) => explainClock(clock, deps.clock(), policies.timeZone));
    },
  };
}
