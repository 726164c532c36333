import { useEffect, useState } from 'react';
import type { TakenWays } from '../../state/flow-counts';
import { useAdmin } from '../context';

/** Counts go on while one looks. */
const EVERY_MS = 15_000;

/** How often the dialog went which way lately; null until that is known, and while it cannot be read. */
export function useWays(dialog: string): TakenWays | null {
  const { client } = useAdmin();
  const [found, setFound] = useState<{ dialog: string; taken: TakenWays } | null>(null);
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const taken = await client.ask<TakenWays>('GET', `/admin/content/ways/${encodeURIComponent(dialog)}`);
      if (taken && !isGone) setFound({ dialog, taken });
    };
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [client, dialog]);
  return found?.dialog === dialog ? found.taken : null;
}
