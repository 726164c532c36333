import { useCallback, useEffect, useRef, useState } from 'react';
import type { IntentMeasures } from '../../../../contract/content-intents';
import { useAdmin, useBench } from '../context';

type Ready = Extract<IntentMeasures, { isReady: true }>;

export interface Measures {
  state: 'none' | 'running' | 'done';
  found: Ready | null;
  /** Whether the draft has changed since. */
  isStale: boolean;
  begin: () => void;
}

const AGAIN_MS = 1000;

/** The cross-validation of the draft: begun by hand, since it takes a processor some seconds. */
export function useMeasures(): Measures {
  const { client } = useAdmin();
  const { draft, saving } = useBench();
  const [running, setRunning] = useState(false);
  const [found, setFound] = useState<{ measures: Ready; revision: number } | null>(null);
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  const begin = useCallback(async () => {
    setRunning(true);
    await client.save();
    while (isThere.current) {
      const revision = client.store.read().bench.draft?.revision ?? 0;
      const answer = await client.ask<IntentMeasures>('GET', '/admin/content/intents/measure');
      if (!isThere.current) return;
      if (answer?.isReady) setFound({ measures: answer, revision });
      if (!answer || answer.isReady) break;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    setRunning(false);
  }, [client]);
  return {
    state: running ? 'running' : found ? 'done' : 'none',
    found: found?.measures ?? null,
    isStale: found !== null && (saving !== 'saved' || found.revision !== draft?.revision),
    begin: () => void begin(),
  };
}
