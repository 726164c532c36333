import type { Activity } from '../contract/activity';
import { type Command, STATE_SCHEMA } from '../contract/conversation';
import type { OperationArgs } from '../contract/operations';
import type { PauseReason } from '../contract/sla';
import { type ExplainedClock, explainClock } from '../sla/explain-clock';
import { type ChangeResult, changeOrder, type ReplyRefusal } from './clocks/change-order';
import { readClocks } from './clocks/order-clocks';
import { readEvidence } from './complaints/read-evidence';
import { draftReply, ruleOnReply } from './complaints/regulator-reply';
import { type CreateDependencies, createOrder } from './create-order';
import type { OrderRecord } from './order-record';
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

/** An order that an agent makes for the customer of a conversation. */
export type NewOrder = Pick<Command, 'id' | 'conversationId' | 'channel' | 'asker'> & {
  by: string;
  args: OperationArgs<'work-order.create'>;
};

/** Orders as agents work with them: unrestricted reads, and every change. `onEvent` wakes the events relay. */
export function createOrderDesk(deps: CreateDependencies & { clock: () => number; onEvent: () => void }) {
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
    /** The same id again makes no second one, and answers the order as it stands. */
    async createOrder({ by, args, ...given }: NewOrder): Promise<OrderRecord> {
      const command: Command = {
        schema: STATE_SCHEMA,
        operation: 'work-order.create',
        args,
        at: deps.clock(),
        timeoutMs: null,
        replyTo: null,
        ...given,
      };
      const { order, isNew } = await createOrder(deps, command, args, by);
      if (isNew) deps.onEvent();
      return order;
    },
    /** A word for whoever works on it; the same key again adds nothing. */
    commentOrder: ({ number, by, note, key }: { number: string; by: string; note: string; key: string }) =>
      tell(
        changeOrder(deps, { number, version: null, key, ...now() }, () => ({
          order: {},
          events: [],
          by,
          reason: 'comment',
          note,
          change: 'remark',
        })),
      ),
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
