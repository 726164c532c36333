import type { ConversationState, Priority } from '../../../contract/conversation';
import type { QueueItem } from '../../../contract/handoff';
import { isOpenStatus } from '../../../contract/orders';
import { DEFAULT_GROUP } from '../../../handoff/ownership';
import { headStartOf } from '../../../handoff/routing/head-start';
import { pickGroup } from '../../../handoff/routing/pick-group';
import { plainRouting, type Routing } from '../../../handoff/routing/routing';
import { openThresholds } from '../../../sla/deadline';
import { localeOf, type Work } from '../work';

export const routingOf = ({ settings }: Pick<Work, 'settings'>): Routing => settings.routing ?? plainRouting;

/** A fact that dialogs share, where it is a text. */
function sharedText({ dialog }: ConversationState, name: string): string | null {
  const value = dialog?.shared[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What the operator calls its better customers: the shared fact `customerLevel`. */
const levelOf = (state: ConversationState): string | null => sharedText(state, 'customerLevel');

/** Whether the customer is served in care mode: the shared fact `careMode`. */
const isCare = ({ dialog }: ConversationState): boolean => dialog?.shared.careMode === true;

const openDialog = ({ dialog }: ConversationState): string | null => dialog?.frames[0]?.dialog ?? null;

/** The skill group for this conversation. */
export const groupFor = (work: Work, { reason, priority }: { reason: string; priority: Priority }): string =>
  pickGroup(routingOf(work), {
    reason,
    priority,
    dialog: openDialog(work.state),
    customerLevel: levelOf(work.state),
    locale: localeOf(work),
    isCare: isCare(work.state),
  });

/** Until the nearest promise of the conversation or of its open orders lapses; null when none runs. */
function leftMs({ state, entry }: Work): number | null {
  const clocks = state.clocks
    .filter(({ subject }) => subject !== 'queue-wait')
    .flatMap((clock) => openThresholds(clock).filter(({ percent }) => percent === 100));
  const orders = state.orders
    .filter(({ status }) => isOpenStatus(status))
    .flatMap(({ promiseAt }) => promiseAt ?? []);
  const moments = [...clocks.map(({ dueAt }) => dueAt), ...orders];
  return moments.length === 0 ? null : Math.min(...moments) - entry.at;
}

/** The conversation as the queue shows and orders it. */
export function queueItem(work: Work): QueueItem {
  const { conversationId, channel, lastText, ownership, lastAgent } = work.state;
  const { epoch, priority, since, reason, line } = ownership;
  const routing = routingOf(work);
  const customerLevel = levelOf(work.state);
  const headStartMs = headStartOf(routing, {
    priority,
    customerLevel,
    isCare: isCare(work.state),
    isReturned: line?.isReturned ?? false,
    leftMs: leftMs(work),
  });
  const isRecent = lastAgent && work.entry.at - lastAgent.at <= routing.lastAgentHours * 3600_000;
  return {
    conversationId,
    epoch,
    priority,
    since,
    reason: reason ?? '',
    channel,
    dialog: openDialog(work.state),
    lastText,
    group: line?.group ?? DEFAULT_GROUP,
    locale: localeOf(work),
    headStartMs,
    customerLevel,
    note: line?.note ?? null,
    wantedAgentId: line?.wantedAgentId ?? null,
    lastAgentId: isRecent ? lastAgent.id : null,
    avoidAgentId: line?.avoidAgentId ?? null,
  };
}
