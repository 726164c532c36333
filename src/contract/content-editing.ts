import { z } from 'zod';
import { channelIdSchema } from './activity';

/** The API by which admins change content: drafts, versions, publishing. All of it JSON, below `/admin/content`. */
export const contentFilesSchema = z.record(z.string(), z.string());

/** One person who did something; null where nobody did: content of the release, or pushed by a program. */
export const contentAuthorSchema = z.object({ id: z.string(), name: z.string() }).nullable();

/** The same as `ContentProblem` of `problem.ts`, as it travels. */
export const contentProblemSchema = z.object({
  file: z.string(),
  line: z.number(),
  path: z.string(),
  message: z.string(),
  remedy: z.string(),
});

export const changedPathSchema = z.object({
  path: z.string(),
  kind: z.enum(['added', 'changed', 'removed']),
});
export type ChangedPath = z.infer<typeof changedPathSchema>;

/** A path's two texts; null where it does not exist. */
export const fileDifferenceSchema = changedPathSchema.extend({
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type FileDifference = z.infer<typeof fileDifferenceSchema>;

export const rollOutSchema = z.strictObject({
  /** Of new conversations, above 0 and at most 1. */
  share: z.number().gt(0).max(1),
  /** Those that it counts for; null for all. */
  channels: z.array(channelIdSchema).min(1).nullable().default(null),
});

/** What is done with conversations that run when a version is published. */
export const sessionsChoiceSchema = z.enum(['finish', 'migrate', 'restart']);

/** What keeps a draft from being published, beside the problems of the draft itself. */
export const blockerSchema = z.object({
  /** Which check: `problems`, `unfilled`, `scripts`, … */
  check: z.string(),
  message: z.string(),
  problems: z.array(contentProblemSchema).default([]),
});
export type Blocker = z.infer<typeof blockerSchema>;

/** Why what is scheduled and due is not before customers: blockers, or a fault of the server. */
export const holdUpSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('blocked'), blockers: z.array(blockerSchema) }),
  /** What is wrong stands in the server's log. */
  z.object({ type: z.literal('fault') }),
]);
export type HoldUp = z.infer<typeof holdUpSchema>;

/** Where a version stands. Times are ISO 8601 UTC. */
export const versionStateSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('current') }),
  z.object({
    type: z.literal('scheduled'),
    at: z.string(),
    /** What holds it up since it is due, and until when it is tried again; null while nothing does. */
    holdUp: z.object({ since: z.string(), until: z.string(), why: holdUpSchema }).nullable(),
  }),
  /** Was scheduled, and could not be published: nothing was changed for customers. */
  z.object({ type: z.literal('missed'), at: z.string(), endedAt: z.string(), why: holdUpSchema }),
  rollOutSchema.extend({ type: z.literal('rolling-out') }),
  /** New files that wait until an admin takes them over. */
  z.object({ type: z.literal('offered') }),
  z.object({ type: z.literal('past') }),
  /** No customer ever got it. */
  z.object({ type: z.literal('unused') }),
]);

/** Something that was done with a version. */
export const publicationSchema = z.object({
  at: z.string(),
  by: contentAuthorSchema,
  action: z.enum(['publish', 'schedule', 'schedule.end', 'schedule.fail', 'roll-back', 'roll-out', 'stop']),
  message: z.string(),
});
export type Publication = z.infer<typeof publicationSchema>;

/** A version in the list. Times are ISO 8601 UTC. */
export const contentVersionSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  createdAt: z.string(),
  author: contentAuthorSchema,
  message: z.string(),
  parent: z.string().nullable(),
  state: versionStateSchema,
  /** How many files differ from the parent. */
  changedCount: z.number().int(),
  /** What was done with it, newest first. */
  publications: z.array(publicationSchema),
});
export type ContentVersion = z.infer<typeof contentVersionSchema>;

/** What an admin is writing: changes on top of a version. */
export const draftSchema = z.object({
  /** The version that the changes are made on. */
  base: z.string(),
  /** Goes up with every save; the next save names the one that it has seen. */
  revision: z.number().int(),
  /** Every file as it would be published. */
  files: contentFilesSchema,
  changed: z.array(changedPathSchema),
  /** What keeps it from being published, and what should be mended. */
  problems: z.array(contentProblemSchema),
  warnings: z.array(contentProblemSchema),
  /** True when a newer version is current than the one that it is made on. */
  isBehind: z.boolean(),
});
export type Draft = z.infer<typeof draftSchema>;

/** A save: the texts that changed, null for a file that goes. */
export const saveDraftSchema = z.strictObject({
  revision: z.number().int().min(0),
  changes: z.record(z.string(), z.string().nullable()),
});
export type SaveDraft = z.infer<typeof saveDraftSchema>;

/** What a save answers: the draft without its files, which the one who saved has. */
export const savedDraftSchema = draftSchema.omit({ files: true });
export type SavedDraft = z.infer<typeof savedDraftSchema>;

export const rebaseSchema = z.strictObject({
  revision: z.number().int().min(0),
  /** The version that the conflicts were shown against. */
  onto: z.string().optional(),
  /** What each file with a conflict becomes; null where it goes. */
  resolved: z.record(z.string(), z.string().nullable()).default({}),
});
export type Rebase = z.infer<typeof rebaseSchema>;

/** A file that two people changed in the same place. */
export const mergeConflictSchema = z.object({
  path: z.string(),
  /** The three texts; null where the file does not exist. */
  base: z.string().nullable(),
  mine: z.string().nullable(),
  theirs: z.string().nullable(),
  /** Both in one text, with `<<<<<<<` marks where they differ. */
  merged: z.string(),
});
export type MergeConflict = z.infer<typeof mergeConflictSchema>;

export const rebasedSchema = z.object({
  /** The current version, which the draft is, or is to be, moved onto. */
  onto: z.string(),
  /** False while there are conflicts: then nothing was changed. */
  isMoved: z.boolean(),
  /** Files of both, without a conflict. */
  merged: z.record(z.string(), z.string().nullable()),
  conflicts: z.array(mergeConflictSchema),
  draft: savedDraftSchema,
});
export type Rebased = z.infer<typeof rebasedSchema>;

const messageSchema = z.string().trim().min(1).max(500);
const versionIdSchema = z.string().min(1).max(64);

/** Publishing one's own draft. */
export const publishSchema = z.strictObject({
  revision: z.number().int().min(0),
  /** What changed and why, for colleagues. */
  message: messageSchema,
  sessions: sessionsChoiceSchema.default('finish'),
  /** `dialog/step` of before to `dialog/step` of now, for `migrate`; what is not named keeps its name. */
  map: z.record(z.string().max(200), z.string().max(200)).default({}),
  /** Later, at most 90 days; now when it is missing. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** To a share of new conversations first; to all when it is missing. */
  rollOut: rollOutSchema.optional(),
});
export type PublishDraft = z.infer<typeof publishSchema>;

export const rollBackSchema = z.strictObject({ version: versionIdSchema, message: messageSchema });
export const stopSchema = z.strictObject({ version: versionIdSchema, message: messageSchema });
/** Another share for the version that is tried; a share of 1 on all channels makes it current. */
export const widenSchema = rollOutSchema.extend({ version: versionIdSchema, message: messageSchema });

export const publishedSchema = z.object({
  version: z.string(),
  state: versionStateSchema,
  /** True when every node that is there serves it by now. */
  isEverywhere: z.boolean(),
});
export type Published = z.infer<typeof publishedSchema>;

/** A draft that waits for a second person. */
export const draftOfSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  updatedAt: z.string(),
  revision: z.number().int(),
  changed: z.array(changedPathSchema),
  approvedBy: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type DraftOf = z.infer<typeof draftOfSchema>;
export const approveSchema = z.strictObject({ revision: z.number().int().min(0) });

/** How a running conversation fits a version: it stays at its step, or begins anew, or goes to a human. */
export const fitSchema = z.enum(['same', 'anew', 'human']);

/** Conversations that stand at the same place. */
export const liveSessionsSchema = z.object({
  version: z.string(),
  number: z.number().int().nullable(),
  dialog: z.string(),
  step: z.string(),
  /** Dialogs below that wait for this one, the lowest first. */
  below: z.array(z.object({ dialog: z.string(), step: z.string() })),
  count: z.number().int(),
  /** With the draft, were it published with `migrate` and no map; null when it was not asked for, or cannot be told. */
  fit: fitSchema.nullable(),
});
export type LiveSessions = z.infer<typeof liveSessionsSchema>;

/** A token for a program. Times are ISO 8601 UTC. */
export const contentTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** As whom it works. */
  account: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type ContentToken = z.infer<typeof contentTokenSchema>;
export const newContentTokenSchema = z.strictObject({
  /** Where it is used. */
  name: z.string().trim().min(1).max(80),
  days: z.number().int().min(1).max(365).default(90),
});
