import { z } from 'zod';
import { channelIdSchema } from './activity';
import { customerRecordSchema, frameSchema, keptQuestionSchema } from './dialog';

/**
 * One customer on several channels: what conversations know of each other, and how an unfinished dialog moves from one
 * to another. Each move has an id; the dialog stands in the state of one conversation, or in a command or event on its
 * way, and never in two places. Times are milliseconds since 1970 UTC.
 */

/** A dialog that lies open in another conversation of the customer. */
export const unfinishedSchema = z.object({
  conversationId: z.string(),
  channel: channelIdSchema,
  dialog: z.string(),
  frameId: z.string(),
});
export type Unfinished = z.infer<typeof unfinishedSchema>;

/** A dialog on its way, without its secret slots. */
export const bundleSchema = z.object({
  /** The content version that it was begun on, and is gone on with. */
  contentVersion: z.string(),
  frames: z.array(frameSchema).min(1),
  shared: z.record(z.string(), z.unknown()),
  queuedIntents: z.array(z.string()),
  keptQuestions: z.array(keptQuestionSchema).default([]),
});
export type Bundle = z.infer<typeof bundleSchema>;

export const giveSchema = z.object({ moveId: z.string(), to: z.string(), toChannel: channelIdSchema });
export type Give = z.infer<typeof giveSchema>;

export const elsewhereSchema = z.object({
  /** The phone of the app's token that a link was last asked for. */
  linkedPhone: z.string().nullable(),
  /** Found in another conversation and not offered yet. */
  unfinished: unfinishedSchema.nullable(),
  /** Offered by the last reply: the next message may be the answer. */
  offered: unfinishedSchema.nullable(),
  /** Names of what was offered already, newest last. */
  past: z.array(z.string()),
  /** The move by which a dialog is being fetched. */
  takes: z.string().nullable(),
  /** Moves by which a dialog was given away, newest last: one of them may come back. */
  given: z.array(z.string()),
  /** Asked for while an outcome is awaited: given as soon as it is there. */
  gives: giveSchema.nullable(),
  /** Arrived, and taken up as soon as nothing else is open. */
  parked: bundleSchema.nullable(),
});
export type Elsewhere = z.infer<typeof elsewhereSchema>;

/** Values of the events of this folder of the vocabulary, by their names. */
export const customerEvents = {
  /** Something of the customer changed in another conversation. */
  'customer.changed': z.object({}),
  /** Another conversation of the customer wants the open dialog. */
  'session.give': giveSchema,
  /** A dialog that was asked for arrives (null: there was none), or one that was given comes back. */
  'session.bring': z.object({
    moveId: z.string(),
    from: z.string(),
    isReturn: z.boolean(),
    bundle: bundleSchema.nullable(),
  }),
} as const;

/** Arguments of the commands that turns give for these. */
export const customerCommands = {
  'customer.read': z.object({}),
  /** Asks WeChat which person the conversation is with; the customer of their other accounts is this one's then. */
  'customer.same-user': z.object({}),
  'dialog.take': z.object({ moveId: z.string(), from: z.string() }),
  'dialog.bring': customerEvents['session.bring'].extend({ to: z.string() }),
} as const;

/** The value of `customer.read`. */
export const customerReadSchema = z.object({
  record: customerRecordSchema.nullable(),
  unfinished: unfinishedSchema.nullable(),
});
export type CustomerRead = z.infer<typeof customerReadSchema>;
