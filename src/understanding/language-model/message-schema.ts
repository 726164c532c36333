import { z } from 'zod';
import type { ArticlePassage } from '../../contract/knowledge';
import type { OpenQuestion } from '../../contract/understanding';

/** What the model may choose from; everything else is no answer. */
export interface Choices {
  /** Concerns that the session's content version knows. */
  intents: { id: string; name: string }[];
  question: OpenQuestion | null;
  passages: ArticlePassage[];
}

export const NONE = 'none';

const oneOf = (ids: string[]) => z.enum([NONE, ...ids]);

/** Ids of ours, so that nothing of content or customers stands in the schema. */
export const optionIds = ({ question }: Choices): string[] =>
  (question?.options ?? []).map((_, i) => `option-${i + 1}`);
export const passageIds = ({ passages }: Choices): string[] => passages.map((_, i) => `passage-${i + 1}`);

/**
 * The shape of the model's answer to one message. Its parts are closed lists, texts whose facts are checked, and no
 * actions. Lengths are checked afterwards: endpoints do not take them in a schema.
 */
export const messageSchemaOf = (choices: Choices) =>
  z.strictObject({
    intent: oneOf(choices.intents.map(({ id }) => id)),
    option: oneOf(optionIds(choices)),
    slots: z.array(
      z.strictObject({
        slot: oneOf((choices.question?.slots ?? []).map(({ name }) => name)),
        value: z.string(),
      }),
    ),
    answer: z.array(z.strictObject({ text: z.string(), sources: z.array(oneOf(passageIds(choices))) })),
  });
export type MessageReading = z.infer<ReturnType<typeof messageSchemaOf>>;
