import { z } from 'zod';
import type { Article, AskedAt, FindAnswers } from '../contract/knowledge';
import { lightsSchema } from '../contract/lights';
import { operations } from '../contract/operations';
import type { FactTables } from '../contract/tables';
import { LATER_TEXTS } from './later-texts';
import { type PatternName, patternNames } from './pattern-names';
import type { RefusalWords } from './slots/refusal-words';

/**
 * What `dialogs/*.yaml` may say. A step kind is a schema here, a function in `run-steps.ts` and a case. Texts are
 * LiquidJS templates, conditions and values CEL expressions; neither is ever code.
 */
const spoken = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export const localizedTextSchema = spoken.extend({
  /** Other words for a channel that shows less. */
  channels: z.partialRecord(z.enum(['web', 'app', 'wechat', 'wecom', 'bot-framework']), spoken).optional(),
  /** Confirmations, points of a contract and words of safety may be twice as long; see docs/copy.md. */
  bubble: z.enum(['long']).optional(),
  /** A picture of the ONT's lights beside the words, on channels that show one. */
  lights: lightsSchema.optional(),
});
export type LocalizedText = z.infer<typeof localizedTextSchema>;

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens');
const expression = z.string().min(1);
const next = id;

/** Names of operations that a dialog may call. */
const operationSchema = z.enum(
  Object.keys(operations) as [keyof typeof operations, ...(keyof typeof operations)[]],
);

export const sayStepSchema = z.strictObject({ id, type: z.literal('say'), text: localizedTextSchema, next });
export const askStepSchema = z.strictObject({
  id,
  type: z.literal('ask'),
  slot: z.string(),
  prompt: localizedTextSchema,
  /** Said instead of the prompt when the answer was not understood. */
  retry: localizedTextSchema.optional(),
  /** Must hold for `value`, else `message` is said and the question stays. */
  validate: z.strictObject({ condition: expression, message: localizedTextSchema }).optional(),
  /** Holds when the question is not needed. */
  skipWhen: expression.optional(),
  /** Holds for a `value` that says enough; until then the question stays and answers are joined to the value. */
  complete: expression.optional(),
  /** Questions are part of what is wanted: "为什么多扣我 20 块？" in answer to what happened. */
  takesQuestions: z.boolean().default(false),
  /** At most three answers to tap; anything else may be said as well. */
  suggestions: z.array(spoken).max(3, 'at most three').default([]),
  attempts: z.number().int().min(1).max(5).default(2),
  /** Where it goes when the attempts are used up; without it, to a human. */
  onFail: id.optional(),
  next,
});
export const choiceSchema = z.strictObject({
  value: z.string(),
  /** What is tapped; a template. */
  label: spoken,
  /** Other words for the same, looked for in the answer. */
  words: z.array(z.string().min(1)).default([]),
  /** Intents that mean this answer. */
  intents: z.array(z.string()).default([]),
  /** Words that mean it in any message of the dialog, before the question was put: it is not asked then. */
  mentions: z.array(z.string().min(2)).default([]),
  /** A picture or a file means this answer. */
  isAttachment: z.boolean().default(false),
  /** Means this answer when it holds; `news` names the slots that the message has just filled. */
  when: expression.optional(),
});
export const chooseStepSchema = z.strictObject({
  id,
  type: z.literal('choose'),
  slot: z.string(),
  prompt: localizedTextSchema,
  retry: localizedTextSchema.optional(),
  options: z.array(choiceSchema).min(2, 'at least two').max(3, 'at most three'),
  skipWhen: expression.optional(),
  /** Holds when what is offered is out of date, as after days of silence: it goes where it is found out anew. */
  stale: z.strictObject({ when: expression, next: id }).optional(),
  attempts: z.number().int().min(1).max(5).default(2),
  onFail: id.optional(),
  next,
});
export const setStepSchema = z.strictObject({
  id,
  type: z.literal('set'),
  values: z.record(z.string(), expression),
  next,
});
export const branchStepSchema = z.strictObject({
  id,
  type: z.literal('branch'),
  cases: z.array(z.strictObject({ when: expression, next })).min(1),
  otherwise: id,
});
const calling = {
  id,
  /** Said while the customer waits. */
  say: localizedTextSchema.optional(),
  timeoutMs: z.number().int().min(100).max(120_000),
  onTimeout: id,
  onError: id,
  saveAs: z.string(),
  next,
};
export const callStepSchema = z.strictObject({
  ...calling,
  type: z.literal('call'),
  operation: operationSchema,
  /**
   * For how long after its time-out the answer is still of use: until then the customer is told that it is late and may
   * go on with something else, and the dialog is taken up again when it comes. Then `onTimeout`, which is a handoff.
   */
  lateMs: z
    .number()
    .int()
    .min(60_000)
    .max(24 * 3600_000)
    .optional(),
  args: z.record(z.string(), expression).default({}),
});
export const workOrderStepSchema = z.strictObject({
  ...calling,
  type: z.literal('work-order'),
  kind: z.enum(['fault', 'installation', 'complaint']),
  summary: spoken,
  args: z.record(z.string(), expression).default({}),
});
/** Says an answer of `dialogs/knowledge/`: the one that is named, or the one to the question in a slot. */
export const answerStepSchema = z
  .strictObject({
    id,
    type: z.literal('answer'),
    article: id.optional(),
    slot: z.string().optional(),
    /** Where it goes when there is no answer, or it does not hold now and here. */
    otherwise: id,
    next,
  })
  .refine(({ article, slot }) => (article === undefined) !== (slot === undefined), {
    message: 'either "article" or "slot"',
    path: ['article'],
  });
/** One rating from 1 to 5; a message that is none closes the dialog without a word. */
export const surveyStepSchema = z.strictObject({
  id,
  type: z.literal('survey'),
  slot: z.string(),
  prompt: localizedTextSchema,
  /** What is tapped for each score, from 1 to 5. */
  labels: z.array(spoken).length(5, 'one for each score, from 1 to 5'),
  next,
});
export const runStepSchema = z.strictObject({ id, type: z.literal('run'), dialog: id, next });
export const handoffStepSchema = z.strictObject({
  id,
  type: z.literal('handoff'),
  reason: z.string().min(1),
  priority: z.enum(['normal', 'high', 'danger']).default('normal'),
  say: localizedTextSchema.optional(),
  /** Step at which the dialog goes on when the human is done; without it the dialog ends here. */
  resumeAt: id.optional(),
});
export const endStepSchema = z.strictObject({
  id,
  type: z.literal('end'),
  text: localizedTextSchema.optional(),
});

export const stepSchema = z.discriminatedUnion('type', [
  sayStepSchema,
  askStepSchema,
  chooseStepSchema,
  setStepSchema,
  branchStepSchema,
  callStepSchema,
  workOrderStepSchema,
  answerStepSchema,
  surveyStepSchema,
  runStepSchema,
  handoffStepSchema,
  endStepSchema,
]);
export type Step = z.infer<typeof stepSchema>;
export type AskStep = z.infer<typeof askStepSchema>;
export type ChooseStep = z.infer<typeof chooseStepSchema>;
export type CallStep = z.infer<typeof callStepSchema>;
export type WorkOrderStep = z.infer<typeof workOrderStepSchema>;
export type AnswerStep = z.infer<typeof answerStepSchema>;
export type SurveyStep = z.infer<typeof surveyStepSchema>;

export const slotSchema = z.strictObject({
  name: spoken,
  /** The entity that fills it; `text`: whatever is said; without it, only steps fill it. */
  entity: z.string().optional(),
  /** Kept for the whole session, so that no other dialog asks again. */
  isShared: z.boolean().default(false),
  /** The newest word counts, without "no" or "wrong". */
  isLatest: z.boolean().default(false),
  /** What is said right after one of these words is meant for no slot of this name: "从老家搬到…". */
  notAfter: z.array(z.string().min(1)).default([]),
  /** Must hold for a `value` that was said, else it is passed over. */
  accept: expression.optional(),
  /** A `value` for which one of these holds is refused, and its message said where the value was asked for. */
  refuse: z.array(z.strictObject({ when: expression, message: localizedTextSchema })).default([]),
  /** When a filled slot is corrected: what was derived from it is forgotten and found out again from this step on. */
  onCorrect: z.strictObject({ forget: z.array(z.string()).min(1), next: id }).optional(),
});
export type Slot = z.infer<typeof slotSchema>;

export const dialogSchema = z.strictObject({
  id,
  name: spoken,
  /** Intents that open it. */
  intents: z.array(z.string()).default([]),
  /** True when a question that the knowledge answers is answered rather than taken for one of the intents. */
  isAfterKnowledge: z.boolean().default(false),
  slots: z.record(z.string(), slotSchema).default({}),
  /** Intents that are meant where they were heard as well, and surer: a light that blinks and no internet is a fault. */
  yieldsTo: z.array(z.string()).default([]),
  /** Entities that speak for one of the intents when nothing else does: a red light for a fault. */
  hints: z.record(z.string(), z.string()).default({}),
  /** Entities of which the dialog is offered when nothing but one of them is said; without an intent it asks what the matter is. */
  offeredFor: z
    .record(z.string(), z.strictObject({ label: spoken, intent: z.string().optional() }))
    .default({}),
  /** Said at any question of the dialog, these words lead elsewhere: "it works again" ends all checks. */
  shortcuts: z.array(z.strictObject({ words: z.array(z.string().min(2)).min(1), next: id })).default([]),
  /** Slots as they may be filled, so that copy is judged on what customers really see. */
  samples: z.array(z.record(z.string(), z.unknown())).default([]),
  /** True when it may be gone on with in another conversation of the same customer. */
  isMovable: z.boolean().default(false),
  steps: z.array(stepSchema).min(1),
});
export type Dialog = z.infer<typeof dialogSchema>;

const LATER: Partial<Record<PatternName, LocalizedText>> = LATER_TEXTS;
const patternSchemaOf = (name: PatternName) => {
  const later = LATER[name];
  return later ? localizedTextSchema.default(later) : localizedTextSchema;
};
export const patternsSchema = z.strictObject(
  Object.fromEntries(patternNames.map((name) => [name, patternSchemaOf(name)])) as Record<
    PatternName,
    ReturnType<typeof patternSchemaOf>
  >,
);

/** Entities whose values are secret: they go into calls and nowhere else. */
export const SEALED_ENTITIES: ReadonlySet<string> = new Set(['one-time-code', 'id-card']);

/** All dialogs of one content version. */
export interface DialogSet {
  dialogs: Map<string, Dialog>;
  /** Dialog by the intent that opens it. */
  byIntent: Map<string, string>;
  /** Names of intents, for the question which one is meant. */
  intentNames: Map<string, { zh: string; en: string }>;
  patterns: Record<PatternName, LocalizedText>;
  /** Why an answer cannot be taken; null where the content does not say. */
  refusals: RefusalWords | null;
  /** Answers of `dialogs/knowledge/` by their id. */
  articles: Map<string, Article>;
  /** What customers ask and no article answers. */
  noAnswer: string[];
  /** Facts of `dialogs/tables/` that texts name. */
  facts: FactTables;
  findAnswers: FindAnswers;
  /** Whether an answer holds at this time and place. */
  holds: (article: Article, at: AskedAt) => boolean;
}
