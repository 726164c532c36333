import { useCallback, useEffect, useState } from 'react';
import { useDesk } from '../context';

/**
 * Reads an address now and again while a part of the page is there. Null until it was read; what was read last stays
 * when a reading fails.
 */
export function usePolled<T>(path: string, everyMs: number): { found: T | null; read: () => Promise<void> } {
  const { client } = useDesk();
  const [found, setFound] = useState<T | null>(null);
  const read = useCallback(async () => {
    const answer = await client.call<T>('GET', path);
    if (answer !== null) setFound(answer);
  }, [client, path]);
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), everyMs);
    return () => clearInterval(timer);
  }, [read, everyMs]);
  return { found, read };
}
