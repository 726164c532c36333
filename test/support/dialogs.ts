import type { DialogContext, DialogEvent, DialogState, Effect } from '../../src/contract/dialog';
import type { Understanding } from '../../src/contract/understanding';
import { advance, newDialogState } from '../../src/dialogs/advance';
import { type DialogSources, loadDialogs } from '../../src/dialogs/load';
import { patternNames } from '../../src/dialogs/pattern-names';
import type { DialogSet } from '../../src/dialogs/schema';

/** Patterns that say their own name and what they are given, so that tests see which one spoke. */
export const plainPatterns = patternNames
  .map((name) => {
    const told =
      '{{ dialog }}{{ slot }}{{ value }}{{ first }}{{ second }}{{ intent }}{{ words }}{{ answer }}{{ sources }}';
    return `${name}: { zh: "<${name}>${told}", en: "<en ${name}>${told}" }`;
  })
  .join('\n');

/** Dialogs of a test, with plain patterns; `intents` are known by their own names. */
export function dialogSet(
  files: Record<string, string>,
  intents: string[],
  knowledge: Record<string, string> = {},
  tables: Pick<DialogSources, 'tables' | 'served'> = {},
): DialogSet {
  const names = new Map(intents.map((intent) => [intent, { zh: intent, en: intent }]));
  const { set, problems } = loadDialogs({
    files: { 'patterns.yaml': plainPatterns, ...files },
    knowledge,
    ...tables,
    intentNames: names,
  });
  if (!set) throw new Error(JSON.stringify(problems));
  return set;
}

/** 24 November 2026, 10:00 in Shanghai. */
export const TEN = Date.UTC(2026, 10, 24, 2);

export const context: DialogContext = {
  now: TEN,
  channel: 'web',
  turnId: 't',
  timeZone: 'Asia/Shanghai',
  customer: null,
  orders: [],
  isStaffed: true,
};

/** An understanding with nothing in it but what a test names. */
export const meaning = (text: string, found: Partial<Understanding> = {}, intent?: string): Understanding => {
  const intents = intent ? [{ intent, probability: 0.9 }] : [];
  return {
    text,
    locale: 'zh',
    danger: null,
    intents,
    candidates: intents,
    isClose: false,
    entities: [],
    isUpset: false,
    ...found,
  };
};

/** A customer who talks with the interpreter and remembers what came back. */
export function talk(set: DialogSet, state: DialogState = newDialogState('zh')) {
  const self = {
    state,
    said: [] as string[],
    effects: [] as Effect[],
    send(event: DialogEvent, changed: Partial<DialogContext> = {}): string[] {
      const result = advance(set, self.state, event, { ...context, ...changed });
      self.state = result.state;
      self.effects = result.effects;
      self.said = result.replies.map(({ text }) => text);
      return self.said;
    },
    say: (text: string, found?: Partial<Understanding>, intent?: string): string[] =>
      self.send({ type: 'utterance', understanding: meaning(text, found, intent), hasAttachment: false }),
    /** The running step, as dialog/step; `none` when nothing is open. */
    get step(): string {
      const frame = self.state.frames.at(-1);
      return frame ? `${frame.dialog}/${frame.step}` : 'none';
    },
    /** Slots of the running dialog. */
    get slots(): Record<string, unknown> {
      return self.state.frames.at(-1)?.slots ?? {};
    },
    /** Answers the call that is open. */
    outcome(value: unknown): string[] {
      const call = self.effects.find((effect) => effect.type === 'call');
      if (call?.type !== 'call') throw new Error('no call is open');
      const { frameId, callId } = call;
      return self.send({ type: 'call-result', frameId, callId, outcome: { type: 'ok', value } });
    },
  };
  return self;
}
