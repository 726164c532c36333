import type { Locale } from '../contract/activity';
import { LATER_TEXTS } from './later-texts';
import type { Dialog, LocalizedText, Step } from './schema';
import { namesIn } from './tables/check-facts';
import { factVariables, unspokenFact } from './tables/fact-texts';
import type { SaidFacts } from './tables/resolve-fact';
import { renderText, wordsOf } from './texts';

/** What a step may say, as a customer of a channel would read it with the dialog's first sample filled in. */
export interface StepSaid {
  /** The key of the step that holds it: `prompt`, `retry`. */
  part: string;
  locale: Locale;
  text: string;
  quickReplies: string[];
}

/** On which channel, when and where something is shown. */
export interface PreviewPlace {
  channel: string;
  now: number;
  timeZone: string;
  said: SaidFacts;
}

type Spoken = { zh: string; en: string };
interface Saying {
  part: string;
  text: LocalizedText;
  taps: readonly Spoken[];
}

const LOCALES = ['zh', 'en'] as const;
const saying = (part: string, text: LocalizedText | undefined, taps: readonly Spoken[] = []): Saying[] =>
  text ? [{ part, text, taps }] : [];

/** Every text of a step that customers read, with what can be tapped below it. */
function sayingsOf(step: Step): Saying[] {
  switch (step.type) {
    case 'say':
      return saying('text', step.text);
    case 'end':
      return saying('text', step.text);
    case 'ask':
      return [
        ...saying('prompt', step.prompt, step.suggestions),
        ...saying('retry', step.retry, step.suggestions),
        ...saying('message', step.validate?.message),
      ];
    case 'choose': {
      const taps = step.options.map(({ label }) => label);
      return [...saying('prompt', step.prompt, taps), ...saying('retry', step.retry, taps)];
    }
    case 'survey':
      return saying('prompt', step.prompt, step.labels);
    case 'call':
    case 'work-order':
    case 'handoff':
      return saying('say', step.say);
    case 'set':
    case 'branch':
    case 'answer':
    case 'run':
      return [];
  }
}

const NOBODY = {
  id: null,
  name: null,
  phone: null,
  accounts: [],
  proof: null,
  record: null,
  helpedPhone: null,
};

/** Throws `bad-content` with the reason when a text cannot be filled in. */
export function previewStep(
  dialog: Dialog,
  step: Step,
  { channel, now, timeZone, said: { facts, at } }: PreviewPlace,
): StepSaid[] {
  const empty = Object.fromEntries(Object.keys(dialog.slots).map((name) => [name, null]));
  return sayingsOf(step).flatMap(({ part, text, taps }) =>
    LOCALES.map((locale) => {
      const named = namesIn(wordsOf(text, locale, channel)).filter((name) => name !== null);
      const unspoken = unspokenFact(facts, named, at);
      if (unspoken) return { part, locale, text: LATER_TEXTS['fact-unknown'][locale], quickReplies: [] };
      const variables = {
        facts: factVariables(facts, named, { ...at, locale }),
        slots: { ...empty, ...dialog.samples[0] },
        customer: NOBODY,
        orders: [],
        channel,
        locale,
        now,
        isStaffed: true,
        openDialog: null,
      };
      const fill = (words: string) => renderText(words, variables, { locale, timeZone, now });
      const quickReplies = taps.map((tap) => fill(tap[locale]));
      return { part, locale, text: fill(wordsOf(text, locale, channel)), quickReplies };
    }),
  );
}
