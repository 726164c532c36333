import { z } from 'zod';
import type { Activity } from '../../contract/activity';
import type { InboundActivity } from './inbound-activity';

/**
 * Handing a conversation to the channel's own desk: `handoff.initiate` tells it where the bot stood, `handoff.status`
 * says what became of it, and moves the conversation as an agent of ours would.
 */
export interface HandoffContext {
  /** Slots, steps tried, orders: what an agent needs beside the words. */
  value: Record<string, unknown>;
  /** What was said, oldest first. */
  transcript: unknown[];
}

const statusSchema = z.object({
  state: z.enum(['accepted', 'failed', 'completed']),
  message: z.string().max(500).nullish().catch(undefined),
});

/** The agent that the channel's desk is to us; `name` is what customers read. */
const agentOf = ({ channelId, locale }: InboundActivity) => ({
  agentId: `bot-framework:${channelId}`,
  agentName: locale?.toLowerCase().startsWith('zh') ? '人工' : 'desk',
});

/** The step that a `handoff.status` stands for; null when it says nothing that we know. */
export function statusOf(inbound: InboundActivity): { name: string; value: unknown } | null {
  const status = statusSchema.safeParse(inbound.value);
  if (!status.success) return null;
  const agent = agentOf(inbound);
  switch (status.data.state) {
    case 'accepted':
      return { name: 'agent.claim', value: agent };
    case 'failed':
      return { name: 'agent.decline', value: agent };
    case 'completed':
      return { name: 'agent.release', value: { ...agent, resumeAt: null } };
  }
}

/** The event that asks the channel's desk to take a conversation. */
export const initiateOf = ({ value, transcript }: HandoffContext, now: number): Activity => ({
  type: 'event',
  name: 'handoff.initiate',
  timestamp: new Date(now).toISOString(),
  from: { id: 'bot', role: 'bot' },
  value,
  attachments: [{ contentType: 'application/json', name: 'Transcript', content: { activities: transcript } }],
});
