import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExampleHint } from '../../../../understanding/example-index';
import { hintDesk } from './use-intents';

const QUIET_MS = 150;

/** What a text is like while it is being typed; the last one asked about counts. */
export function useHints(intent: string): {
  hints: ExampleHint[];
  look: (text: string, except?: string) => void;
} {
  const [hints, setHints] = useState<ExampleHint[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const serial = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = useCallback(
    (text: string, except?: string) => {
      clearTimeout(timer.current);
      serial.current += 1;
      const own = serial.current;
      timer.current = setTimeout(async () => {
        const found = await hintDesk.hintsOf(text, intent, except);
        if (serial.current === own) setHints(found);
      }, QUIET_MS);
    },
    [intent],
  );
  return { hints, look };
}
