import { useEffect, useRef, useState } from 'react';

const QUIET_MS = 250;

/** What is being typed: handed on when one pauses, since an edit reads the whole file. */
export function useTyped(value: string, commit: (text: string) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  const latest = useRef({ typed, commit });
  latest.current = { typed, commit };
  const flush = (): void => {
    const { typed: text, commit: take } = latest.current;
    if (text === null) return;
    latest.current = { typed: null, commit: take };
    setTyped(null);
    take(text);
  };
  const flushed = useRef(flush);
  flushed.current = flush;
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => flushed.current(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  // What was typed last is not lost when the form goes.
  useEffect(() => () => flushed.current(), []);
  return { text: typed ?? value, type: setTyped, flush };
}
