import { z } from 'zod';
import { localeSchema } from '../../contract/activity';
import { capacitySchema, presenceStatusSchema } from '../../contract/desk';
import type { RedisClient } from '../../turns/redis';
import { loadQueueScripts, QUEUE_PREFIX } from '../queue-scripts';
import type { AgentRecord, AgentRoster, AgentState } from './agent-roster';

const recordSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  groups: z.record(z.string(), z.number()),
  languages: z.array(localeSchema),
  capacity: capacitySchema,
  closesAt: z.number().nullable(),
});

/** As the scripts read it: with the lanes (group and language) in which the agent is looked for. */
const write = (record: AgentRecord): string =>
  JSON.stringify({
    ...record,
    lanes: Object.entries(record.groups).flatMap(([group, level]) =>
      record.languages.map((language) => ({ name: `${group}|${language}`, level })),
    ),
  });

/** `{id, record, status, reason, there, load, …}` */
function readStates(answer: unknown): AgentState[] {
  const flat = z.array(z.string()).parse(answer);
  return flat.flatMap((_, i) => {
    if (i % 6 !== 0) return [];
    const [, json = '', status, reason, isThere, load] = flat.slice(i, i + 6);
    if (json === '') return [];
    const record = recordSchema.parse(JSON.parse(json));
    const said = presenceStatusSchema.safeParse(status).data ?? 'away';
    const presence = { status: said, reason: reason || null, capacity: record.capacity };
    return [{ ...record, presence, isThere: isThere === '1', openCount: Number(load) }];
  });
}

/** The roster beside the queue, in its slot. */
export function createRedisAgentRoster(redis: RedisClient): AgentRoster {
  const run = loadQueueScripts(redis);
  const all = [QUEUE_PREFIX];
  const read = async (agentId: string) => readStates(await run('agents', all, [agentId]));
  return {
    async declare(record, { status, reason, isByAnother = false }) {
      await run('presence', all, [status, record.id, write(record), reason ?? '', isByAnother ? 1 : 0]);
    },
    async update(record) {
      await run('presence', all, ['record', record.id, write(record), '', 1]);
    },
    read: async (agentId) => (await read(agentId))[0] ?? null,
    list: () => read(''),
  };
}
