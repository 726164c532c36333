import { z } from 'zod';
import { channelIdSchema, type Locale } from './activity';

/** Answers to customers' questions, as `dialogs/knowledge/*.md` has them: data, never templates and never code. */
const spoken = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const phrases = z.array(z.string().min(1)).min(1);
/** The day on the operator's calendar. */
const day = z.iso.date('a day such as 2026-12-31');
/** Its last character says what it is, as it does in the address of a customer. */
const area = z
  .string()
  .regex(/^\p{Script=Han}+[省市区县旗镇乡]$/u, 'a place such as 江苏省, 南京市 or 鼓楼区');

/** The front matter of an article. */
export const articleHeadSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens'),
    /** The question as the customer reads it, when asked which of two is meant. */
    question: spoken,
    /** Other ways to ask it, as customers do. */
    variants: z.strictObject({ zh: phrases, en: phrases }),
    /** First and last day on which the answer holds; without them it always does. */
    from: day.optional(),
    until: day.optional(),
    /** Where it holds; everywhere when empty. */
    areas: z.array(area).default([]),
    /** A concern that the customer may want to go on with, and the question that offers it. */
    offer: z.strictObject({ intent: z.string(), ask: spoken }).optional(),
    /** What the answer rests on, shown with it. */
    source: spoken,
  })
  .refine(({ from, until }) => !from || !until || from <= until, {
    message: 'it ends before it begins',
    path: ['until'],
  });

export const articleSchema = z.intersection(
  articleHeadSchema,
  z.object({
    answer: spoken.extend({ channels: z.partialRecord(channelIdSchema, spoken).optional() }),
  }),
);
export type Article = z.infer<typeof articleSchema>;

/** Parts of a customer's address, as far as they are known: 江苏省, 南京市, 鼓楼区. */
export const areaPartsSchema = z.object({
  province: z.string().optional(),
  city: z.string().optional(),
  district: z.string().optional(),
  town: z.string().optional(),
});
export type AreaParts = z.infer<typeof areaPartsSchema>;

/** When and where a question is put; `now` is business time, milliseconds since 1970 UTC. */
export interface AskedAt {
  now: number;
  area: AreaParts | null;
}

export interface ScoredArticle {
  id: string;
  /** Likeness to the nearest way of asking, 0 to 1. */
  score: number;
}

/**
 * `found`: the first is the answer; `close`: one of the first two is, and it is better to ask which; `none`: nothing
 * is near enough. `isSure`: so near that hardly anything else can be meant.
 */
export interface FoundAnswers {
  status: 'none' | 'found' | 'close';
  isSure: boolean;
  articles: ScoredArticle[];
}

/** Looks a question up. Pure, of one content version; some tens of microseconds. */
export type FindAnswers = (text: string, at: AskedAt) => FoundAnswers;

export const NO_ANSWERS: FoundAnswers = { status: 'none', isSure: false, articles: [] };

/** A piece of the knowledge that others may rest on, in one language. */
export interface ArticlePassage {
  id: string;
  title: string;
  text: string;
  source: string;
}

/** The nearest articles whatever their likeness, best first; at most three, only what holds then and there. */
export type FindArticles = (text: string, at: AskedAt & { locale: Locale }) => ArticlePassage[];
