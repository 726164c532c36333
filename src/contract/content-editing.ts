import { z } from 'zod';

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

export const versionStateSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('current') }),
  z.object({ type: z.literal('past') }),
]);

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
