import { z } from 'zod';
import { channelIdSchema } from './activity';

/** How good a stretch of service was: what is found by rule, and what people say. Times are ms since 1970 UTC. */
export const qualityFindingKindSchema = z.enum([
  'slow-first-reply',
  'silence',
  'forbidden',
  'insult',
  'appeal-discouraged',
  'personal-data-asked',
  'personal-data-sent',
  'unlisted-link',
  'promise-without-task',
  'promise-broken',
  'account-data-unproven',
  'no-disposition',
  'same-line',
  'human-withheld',
]);
export type QualityFindingKind = z.infer<typeof qualityFindingKindSchema>;

export const qualityFindingSchema = z.object({
  kind: qualityFindingKindSchema,
  /** Of the line in the transcript; null for what is about no line. */
  position: z.number().int().nullable(),
  /** Where it stands in the line, in UTF-16 units; null for the whole line. */
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  /** How long it took; null for what is no matter of time. */
  seconds: z.number().int().nullable(),
});
export type QualityFinding = z.infer<typeof qualityFindingSchema>;

export const qualityMeasuresSchema = z.object({
  /** From the claim (of the bot: from the customer's first word) to the first words; null when nothing was said. */
  firstReplyMs: z.number().nullable(),
  /** The longest time that a customer waited for words. */
  longestSilenceMs: z.number(),
  customerLines: z.number().int(),
  ownLines: z.number().int(),
});
export type QualityMeasures = z.infer<typeof qualityMeasuresSchema>;

export const sampleReasonSchema = z.enum([
  'low-rating',
  'finding',
  'complaint',
  'repeated',
  'long',
  'new-agent',
  'random',
]);
export type SampleReason = z.infer<typeof sampleReasonSchema>;

/** A stretch of service by one agent, or the bot's part of a session, as it was judged. */
export const qualityItemSchema = z.object({
  id: z.string(),
  kind: z.enum(['human', 'bot']),
  conversationId: z.string(),
  sessionId: z.string().nullable(),
  /** Null for the bot. */
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  channel: channelIdSchema,
  dialog: z.string().nullable(),
  beganAt: z.coerce.number(),
  endedAt: z.coerce.number(),
  disposition: z.string().nullable(),
  rating: z.number().int().nullable(),
  measures: qualityMeasuresSchema,
  findings: z.array(qualityFindingSchema),
  /** Why people look at it; empty: they do not. */
  sampledBecause: z.array(sampleReasonSchema),
  /** How many people are to look at it. */
  wanted: z.number().int(),
  /** Raised by every sheet: what was written about an older one is refused. */
  version: z.number().int(),
});
export type QualityItem = z.infer<typeof qualityItemSchema>;

/** Points by dimension, and what makes the result zero. */
export const sheetSchema = z.object({
  scores: z.record(z.string(), z.number().int()),
  zeros: z.array(z.string()),
  comment: z.string(),
});

/** `POST /quality/items/:id/reviews` */
export const newReviewSchema = z.strictObject({
  /** Of the stretch as it was read. */
  version: z.number().int(),
  scores: z.record(z.string().max(40), z.number().int().min(0).max(100)),
  zeros: z.array(z.string().max(40)).max(12).default([]),
  comment: z.string().trim().max(2000).default(''),
});
export type NewReview = z.infer<typeof newReviewSchema>;

export const reviewSchema = sheetSchema.extend({
  reviewerId: z.string(),
  reviewerName: z.string(),
  /** Written because the agent objected: it is what counts. */
  isAppeal: z.boolean(),
  /** From 0 to 100. */
  total: z.number().int(),
  at: z.coerce.number(),
});
export type QualityReview = z.infer<typeof reviewSchema>;

export const appealSchema = z.object({
  at: z.coerce.number(),
  reason: z.string(),
  decidedAt: z.coerce.number().nullable(),
});

/** `POST /agent/quality/:id/appeal` */
export const newAppealSchema = z.strictObject({ reason: z.string().trim().min(4).max(1000) });

export const qualityViewSchema = z.enum(['to-review', 'appeals', 'reviewed', 'all']);
export type QualityView = z.infer<typeof qualityViewSchema>;

/** A stretch as a row of a list. */
export const qualityRowSchema = qualityItemSchema.extend({
  /** Sheets that there are, without that of an appeal. */
  reviews: z.coerce.number().int(),
  /** What counts, once all sheets are there; null before. */
  result: z.coerce.number().int().nullable(),
  /** When the last sheet that counts was written. */
  reviewedAt: z.coerce.number().nullable(),
  /** `open`, `decided`; null when nobody objected. */
  appeal: z.enum(['open', 'decided']).nullable(),
});
export type QualityRow = z.infer<typeof qualityRowSchema>;

/** What a sheet asks, as the policy of today has it. */
export interface SheetForm {
  sheet: { id: string; name: Spoken; points: number; asks: Spoken }[];
  zero: { id: string; name: Spoken }[];
}

interface Spoken {
  zh: string;
  en: string;
}

export interface QualityLine {
  position: number;
  at: number;
  role: 'user' | 'bot' | 'agent';
  text: string;
  /** False for what was said before the stretch. */
  isPart: boolean;
}

/** `GET /quality/items/:id`, `GET /agent/quality/:id` */
export interface QualityCase {
  item: QualityRow;
  form: SheetForm;
  lines: QualityLine[];
  notes: { at: number; byName: string; text: string }[];
  tasks: { text: string; dueAt: number; doneAt: number | null }[];
  orders: { number: string; kind: string; status: string }[];
  /** Those that may be seen: one's own, and all once there are enough. */
  reviews: QualityReview[];
  appeal: z.infer<typeof appealSchema> | null;
  /** Whether whoever asks may write a sheet, and why not. */
  mayReview: 'first' | 'appeal' | 'change' | 'own-stretch' | 'enough' | 'was-reviewer' | 'not-allowed';
  /** Until when the agent may object; null before there is a result, or after they did. */
  appealUntil: number | null;
}

/** What came out for an agent (the bot: null) in a week. */
export interface QualityWeek {
  /** The Monday that it begins with, in the operator's zone. */
  week: string;
  agentId: string | null;
  agentName: string | null;
  /** Stretches that were judged by rule. */
  stretches: number;
  /** Of those, with a finding other than of times and filing. */
  withFindings: number;
  /** How often each was found. */
  findings: Partial<Record<QualityFindingKind, number>>;
  /** Stretches that people have judged. */
  reviewed: number;
  /** Mean of the results; null without any. */
  mean: number | null;
  zeros: number;
  /** Mean time to the first reply in seconds; null when nobody was answered. */
  firstReplySeconds: number | null;
}

/** How much two people who saw the same stretch differ. */
export interface Agreement {
  pairs: number;
  /** Share of pairs that agree on whether it is zero; null without pairs. */
  zeroAgreement: number | null;
  total: AgreementOf;
  dimensions: (AgreementOf & { id: string })[];
}

export interface AgreementOf {
  /** Mean absolute difference, in points. */
  difference: number | null;
  /** Krippendorff's alpha for interval data: 1 is perfect, 0 is chance; null where nothing varies. */
  alpha: number | null;
}

/** `GET /quality/results` */
export interface QualityResults {
  weeks: QualityWeek[];
  agreement: Agreement;
}
