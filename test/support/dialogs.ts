import { join } from 'node:path';
import type { DialogContext, DialogEvent, DialogState, Effect } from '../../src/contract/dialog';
import type { Understanding } from '../../src/contract/understanding';
import { advance, newDialogState } from '../../src/dialogs/advance';
import { loadDialogs } from '../../src/dialogs/load';
import type { DialogSet } from '../../src/dialogs/schema';
import { readYamlFolder } from '../../src/understanding/intent-file';
import { shippedIntents } from './intents';

export const intentNames = new Map(shippedIntents.intents.map(({ id, name }) => [id, name]));
export const shippedDialogs = loadDialogs({
  files: readYamlFolder(join(__dirname, '../../dialogs')),
  intentNames,
});

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
