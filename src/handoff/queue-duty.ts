import type { Logger } from 'pino';
import type { DeskFacts } from '../contract/conversation';
import { startLoop } from '../turns/shard-duty';
import type { QueueLine } from './agent-queue';
import { estimateMinutes } from './assign/estimate-wait';
import { ensureQueue, type RebuildDependencies } from './rebuild-queue';
import type { Routing } from './routing/routing';

/** What every node does for the queue: it is there, and the node knows whether anybody works on it. */
export interface QueueDuty {
  /** Whether an agent was online when last looked, at most `everyMs` ago. */
  isStaffed(): boolean;
  /** What a turn of a conversation may know of the desk, as it was when last looked. */
  deskFacts(conversationId: string): DeskFacts;
  /** Looks now. Throws when the store is away. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Agents who said nothing yet serve every group that does not ask for its members by name. */
const ANY = '*';

export function startQueueDuty(
  options: RebuildDependencies & { routing: Routing; log: Logger; everyMs?: number },
): QueueDuty {
  const { log, everyMs = 1000, routing, ...deps } = options;
  const ids = routing.groups.map(({ id }) => id);
  let online = 0;
  let seen: Seen = { groups: [], waits: {}, places: new Map() };
  async function refresh(): Promise<void> {
    const rebuilt = await ensureQueue(deps);
    if (rebuilt && (rebuilt.put > 0 || rebuilt.unreadable > 0))
      log.warn(rebuilt, 'the queue was rebuilt from the records');
    const [agents, lines] = await Promise.all([deps.queue.onlineAgents(), deps.queue.lines([...ids, ANY])]);
    online = agents.length;
    seen = look(routing, lines);
  }
  const loop = startLoop({
    name: 'queue',
    everyMs,
    log,
    round: async () => {
      await refresh();
      return false;
    },
  });
  return {
    isStaffed: () => online > 0,
    deskFacts: (conversationId) => {
      const { groups, waits, places } = seen;
      return { groups, waits, place: places.get(conversationId) ?? null };
    },
    refresh,
    stop: loop.stop,
  };
}

interface Seen extends Pick<DeskFacts, 'groups' | 'waits'> {
  places: ReadonlyMap<string, NonNullable<DeskFacts['place']>>;
}

function look({ byId }: Routing, lines: QueueLine[]): Seen {
  const isAnybody = lines.some(({ group, onDuty }) => group === ANY && onDuty > 0);
  const own = lines.filter(({ group }) => byId.has(group));
  const groups = own
    .filter(({ group, onDuty }) => onDuty > 0 || (isAnybody && !byId.get(group)?.isNamedOnly))
    .map(({ group }) => group);
  const wait = (line: QueueLine, ahead: number) => ({ ahead, minutes: estimateMinutes(line, ahead) });
  const waits = Object.fromEntries(own.map((line) => [line.group, wait(line, line.waiting)]));
  const places = own.flatMap((line) =>
    line.conversationIds.map((id, ahead) => [id, wait(line, ahead)] as const),
  );
  return { groups, waits, places: new Map(places) };
}
