import type { ExampleHint } from '../../../understanding/example-index';
import type { Variant } from '../../../understanding/variants';
import type { HintAnswer, HintTask } from '../hints/hint-task';

/** Asks the worker that compares examples; it is loaded when it is first needed. */
export interface HintDesk {
  /** What everything is compared with from now on. */
  know(examples: { text: string; intent: string }[], lexicon: string | null): void;
  hintsOf(text: string, intent: string, except?: string): Promise<ExampleHint[]>;
  /** Other ways to type the examples of an intent, without those that were shown. */
  variantsOf(intent: string, shown: string[], limit: number): Promise<Variant[]>;
}

export function createHintDesk(): HintDesk {
  let worker: Worker | null = null;
  let serial = 0;
  const waiting = new Map<number, (answer: HintAnswer) => void>();

  function open(): Worker {
    if (worker) return worker;
    const made = new Worker('/admin/hints.js', { type: 'module' });
    made.onmessage = ({ data }: MessageEvent<HintAnswer>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    };
    worker = made;
    return made;
  }

  function ask(taskOf: (id: number) => HintTask): Promise<HintAnswer> {
    serial += 1;
    const id = serial;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      open().postMessage(taskOf(id));
    });
  }

  return {
    know(examples, lexicon) {
      open().postMessage({ type: 'know', examples, lexicon } satisfies HintTask);
    },
    async hintsOf(text, intent, except) {
      const answer = await ask((id) => ({ type: 'hints', id, text, intent, except }));
      return answer.type === 'hints' ? answer.hints : [];
    },
    async variantsOf(intent, shown, limit) {
      const answer = await ask((id) => ({ type: 'variants', id, intent, shown, limit }));
      return answer.type === 'variants' ? answer.variants : [];
    },
  };
}
