import type { Content } from '../../content/content';
import type { ConversationState } from '../../contract/conversation';
import type { Frame } from '../../contract/dialog';
import type { BotPart } from '../../contract/handoff';
import type { Dialog, Step } from '../../dialogs/schema';
import { SEALED_ENTITIES } from '../../dialogs/schema';

/** What a slot keeps for the dialog alone: nothing that a person has said or the bot found out. */
const isTold = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** A template as a label: what is filled in later is left out. */
const plain = (template: string): string =>
  template
    .replace(/\{%.*?%\}/gs, '')
    .replace(/\{\{.*?\}\}/gs, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60);

const words = ({ zh, en }: { zh: string; en: string }) => ({ zh: plain(zh), en: plain(en) });

/** What a step asks; null for one that asks nothing. */
const questionOf = (step: Step | undefined) =>
  step && 'prompt' in step && step.type !== 'survey' ? words(step.prompt) : null;

/** What a customer chose, in the words of the choice. */
function chosenWords(
  dialog: Dialog | undefined,
  slot: string,
  value: unknown,
): BotPart['resumeSteps'][number]['label'] | null {
  const steps = (dialog?.steps ?? []).flatMap((step) =>
    step.type === 'choose' && step.slot === slot ? [step] : [],
  );
  const option = steps.flatMap(({ options }) => options).find((each) => each.value === value);
  return option ? words(option.label) : null;
}

function frameOf(
  content: Content,
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
    question: questionOf(step),
    failures: attempts[stepId] ?? 0,
    slots: told.map(([name, value]) => ({
      name,
      label: dialog?.slots[name]?.name ?? { zh: name, en: name },
      value: chosenWords(dialog, name, value) ?? value,
    })),
  };
}

/**
 * Where the bot stood, in words: open dialogs with what they know, the running one last, and the questions of that one
 * at which it can go on. `content` is the version of the session.
 */
export function describeBot(content: Content, state: ConversationState): BotPart {
  const frames = state.dialog?.frames ?? [];
  const running = content.dialogs.dialogs.get(frames.at(-1)?.dialog ?? '');
  return {
    dialogs: frames.map((frame) => frameOf(content, frame)),
    resumeSteps: (running?.steps ?? []).flatMap((step) => {
      const label = questionOf(step);
      return label ? [{ step: step.id, label }] : [];
    }),
    misunderstood: state.dialog?.misunderstood ?? 0,
    upsetAt: state.dialog?.humanOfferedAt ?? null,
  };
}
