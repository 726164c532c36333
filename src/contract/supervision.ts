import { z } from 'zod';
import { channelIdSchema } from './activity';
import { ownershipSchema, prioritySchema } from './conversation';
import { colleagueSchema, groupIdSchema, presenceStatusSchema } from './desk';
import { orderKindSchema } from './orders';

/** What those who lead see and do. Times are milliseconds since 1970 UTC. */
const name = z.object({ zh: z.string(), en: z.string() });

export const waitingGroupSchema = z.object({
  id: groupIdSchema,
  name,
  waiting: z.number().int(),
  /** Of the one who has waited longest; 0 when nobody waits. */
  longestWaitSeconds: z.number().int(),
  onDuty: z.number().int(),
});

/** A conversation that an agent has, or one that waits. */
export const liveConversationSchema = z.object({
  conversationId: z.string(),
  channel: channelIdSchema,
  owner: ownershipSchema.shape.owner,
  agentId: z.string().nullable(),
  priority: prioritySchema,
  since: z.number(),
  reason: z.string().nullable(),
  dialog: z.string().nullable(),
  /** The customer's last words, masked. */
  lastText: z.string(),
});
export type LiveConversation = z.infer<typeof liveConversationSchema>;

/** An open order whose promise is broken, or will be within the half hour. */
export const orderAtRiskSchema = z.object({
  number: z.string(),
  kind: orderKindSchema,
  conversationId: z.string(),
  promiseAt: z.number(),
});
export type OrderAtRisk = z.infer<typeof orderAtRiskSchema>;

/** Somebody at work, and where. */
export const wallAgentSchema = colleagueSchema.extend({
  site: z.string().nullable(),
  team: z.string().nullable(),
});
export type WallAgent = z.infer<typeof wallAgentSchema>;

/** `GET /supervisor/wall` */
export const wallSchema = z.object({
  at: z.number(),
  groups: z.array(waitingGroupSchema),
  agents: z.array(wallAgentSchema),
  conversations: z.array(liveConversationSchema),
  /** The most urgent hundred. */
  ordersAtRisk: z.array(orderAtRiskSchema),
});
export type Wall = z.infer<typeof wallSchema>;

/** `POST /supervisor/reassign` */
export const reassignSchema = z.strictObject({
  conversationIds: z.array(z.string().min(1).max(200)).min(1).max(100),
  to: z.union([z.strictObject({ agentId: z.uuid() }), z.strictObject({ group: groupIdSchema })]),
  note: z.string().trim().max(500).default(''),
});

/** `POST /supervisor/agents/:id/presence` */
export const setPresenceSchema = z.strictObject({
  status: presenceStatusSchema,
  reason: z.string().trim().min(1).max(100).nullable().default(null),
});

/** `POST /supervisor/broadcasts`; shown on every desk until then. */
export const newBroadcastSchema = z.strictObject({
  id: z.uuid(),
  text: z.string().trim().min(1).max(500),
  untilAt: z.number().int(),
});

export const broadcastSchema = z.object({
  id: z.string(),
  text: z.string(),
  byName: z.string(),
  at: z.coerce.number(),
  untilAt: z.coerce.number(),
});
export type Broadcast = z.infer<typeof broadcastSchema>;
