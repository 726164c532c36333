import type { Locale } from '../../contract/activity';
import type { ConversationState } from '../../contract/conversation';
import { areaOf } from '../../dialogs/knowledge/area-of';
import { openQuestionOf } from '../../dialogs/open-question';
import { stillHolds } from '../../dialogs/tables/say-with-facts';
import type { AdviceQuestion } from '../../understanding/language-model/advisor';
import { contextOf, type Work } from './work';

/** The dialogs' own question which concern is meant is better than a guess of the model's. */
const OWN_QUESTIONS: readonly unknown[] = ['guess', 'intents', 'return'];

const typeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value ? value.type : null;

/** How often in a row the customer had not been understood before this message. */
const misunderstoodBefore = (before: ConversationState, after: ConversationState): number =>
  before.session?.id === after.session?.id ? (before.dialog?.misunderstood ?? 0) : 0;

/** The turn ended with "I did not understand", and with no question of the dialogs' own which concern is meant. */
function isPuzzled(before: ConversationState, after: ConversationState): boolean {
  const isHandedOver = before.ownership.epoch !== after.ownership.epoch;
  return (
    !isHandedOver &&
    (after.dialog?.misunderstood ?? 0) > misunderstoodBefore(before, after) &&
    !OWN_QUESTIONS.includes(typeOf(after.dialog?.clarifying))
  );
}

/**
 * What the model is asked after a run of a turn that did not understand the customer; null for every other turn. So
 * what danger, a wish for a human, a refusal, a control or the classifier decide is never the model's to decide.
 * `begin` gives the turn as it began, which is computed only when it is needed.
 */
export function questionOf(work: Work, begin: () => Work): AdviceQuestion | null {
  const { settings, entry, content, state: after } = work;
  const text = entry.activity.text ?? '';
  if (!settings.advise || entry.activity.type !== 'message' || text === '' || !after.dialog) return null;
  // Nearly all turns end here, without being computed a second time.
  if (after.dialog.misunderstood === 0) return null;
  const { state: before } = begin();
  if (!isPuzzled(before, after)) return null;
  const { locale } = after.dialog;
  const findEntities = (words: string) =>
    content.understand(words, { now: entry.at, localeHint: locale }).entities;
  return {
    conversationId: after.conversationId,
    text,
    locale,
    intents: intentsOf(work, locale),
    question: openQuestionOf(content.dialogs, after.dialog, contextOf(work)),
    passages: content.findArticles(text, { now: entry.at, area: areaOf(after.dialog), locale }),
    before: (before.dialog?.lastReplies ?? [])
      .filter((reply) => stillHolds(reply, contextOf(work)))
      .map((reply) => reply.text),
    names: [after.user.name, after.customer?.name ?? null, after.customer?.record?.name ?? null],
    findEntities,
  };
}

/** Concerns of the session's content version that open a dialog, by the name that customers are asked with. */
const intentsOf = ({ content }: Work, locale: Locale): AdviceQuestion['intents'] =>
  [...content.dialogs.byIntent.keys()].map((id) => ({
    id,
    name: content.dialogs.intentNames.get(id)?.[locale] ?? id,
  }));
