import type { Content } from '../../content/content';
import type { Locale } from '../../contract/activity';
import type { ConversationState } from '../../contract/conversation';
import type { Frame } from '../../contract/dialog';
import type { BotPart } from '../../contract/handoff';
import type { Dialog, Step } from '../../dialogs/schema';
import { SEALED_ENTITIES } from '../../dialogs/schema';
import { renderText } from '../../dialogs/texts';

/** What a slot keeps for the dialog alone: nothing that a person has said or the bot found out. */
const isTold = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

const LABEL_LENGTH = 60;

/** Where and when an agent reads it. */
export interface ReadingContext {
  timeZone: string;
  now: number;
}

/** Texts with what the conversation knows filled in. */
type Fill = (text: { zh: string; en: string }) => { zh: string; en: string };

const brief = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LABEL_LENGTH);

/** A template as a label where it cannot be filled in: what would be is left out. */
const plain = (template: string): string => template.replace(/\{%.*?%\}/gs, '').replace(/\{\{.*?\}\}/gs, '…');

function fillFor(
  { orders, customer }: ConversationState,
  slots: Frame['slots'],
  reading: ReadingContext,
): Fill {
  const one = (template: string, locale: Locale): string => {
    try {
      return brief(renderText(template, { slots, orders, customer }, { ...reading, locale }));
    } catch {
      return brief(plain(template));
    }
  };
  return ({ zh, en }) => ({ zh: one(zh, 'zh'), en: one(en, 'en') });
}

/** What a step asks; null for one that asks nothing. */
const questionOf = (step: Step | undefined, fill: Fill) =>
  step && 'prompt' in step && step.type !== 'survey' ? fill(step.prompt) : null;

/** What a customer chose, in the words of the choice. */
function chosenWords(
  dialog: Dialog | undefined,
  slot: string,
  value: unknown,
  fill: Fill,
): BotPart['resumeSteps'][number]['label'] | null {
  const steps = (dialog?.steps ?? []).flatMap((step) =>
    step.type === 'choose' && step.slot === slot ? [step] : [],
  );
  const option = steps.flatMap(({ options }) => options).find((each) => each.value === value);
  return option ? fill(option.label) : null;
}

function frameOf(
  content: Content,
  fill: Fill,
  { dialog: id, step: stepId, slots, attempts }: Frame,
): BotPart['dialogs'][number] {
  const dialog: Dialog | undefined = content.dialogs.dialogs.get(id);
  const step = dialog?.steps.find((each) => each.id === stepId);
  const intent = content.dialogs.intentNames.get(String(slots.intent));
  const told = Object.entries(slots).filter(
    ([name, value]) =>
      name !== 'intent' && isTold(value) && !SEALED_ENTITIES.has(dialog?.slots[name]?.entity ?? ''),
  );
  return {
    dialog: id,
    name: intent ?? dialog?.name ?? { zh: id, en: id },
    step: stepId,
    question: questionOf(step, fill),
    failures: attempts[stepId] ?? 0,
    slots: told.map(([name, value]) => ({
      name,
      label: dialog?.slots[name]?.name ?? { zh: name, en: name },
      value: chosenWords(dialog, name, value, fill) ?? value,
    })),
  };
}

/**
 * Where the bot stood, in words: open dialogs with what they know, the running one last, and the questions of that one
 * at which it can go on. `content` is the version of the session.
 */
export function describeBot(content: Content, state: ConversationState, reading: ReadingContext): BotPart {
  const frames = state.dialog?.frames ?? [];
  const fillOf = (frame: Frame | undefined) => fillFor(state, frame?.slots ?? {}, reading);
  const running = content.dialogs.dialogs.get(frames.at(-1)?.dialog ?? '');
  return {
    dialogs: frames.map((frame) => frameOf(content, fillOf(frame), frame)),
    resumeSteps: (running?.steps ?? []).flatMap((step) => {
      const label = questionOf(step, fillOf(frames.at(-1)));
      return label ? [{ step: step.id, label }] : [];
    }),
    misunderstood: state.dialog?.misunderstood ?? 0,
    upsetAt: state.dialog?.humanOfferedAt ?? null,
  };
}
