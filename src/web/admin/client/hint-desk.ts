import type { ExampleHint } from '../../../understanding/example-index';
import type { HintAnswer, HintTask } from '../hints/hint-task';

/** Asks the worker that compares examples; it is loaded when it is first needed. */
export interface HintDesk {
  /** What everything is compared with from now on. */
  know(examples: { text: string; intent: string }[], lexicon: string | null): void;
  hintsOf(text: string, intent: string, except?: string): Promise<ExampleHint[]>;
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

  return {
    know(examples, lexicon) {
      open().postMessage({ type: 'know', examples, lexicon } satisfies HintTask);
    },
    hintsOf(text, intent, except) {
      serial += 1;
      const id = serial;
      return new Promise((resolve) => {
        waiting.set(id, ({ hints }) => resolve(hints));
        open().postMessage({ type: 'hints', id, text, intent, except } satisfies HintTask);
      });
    },
  };
}
