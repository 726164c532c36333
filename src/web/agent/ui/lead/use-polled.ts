import { useCallback, useEffect, useRef, useState } from 'react';
import { useDesk } from '../context';

/**
 * Reads an address now and again while a part of the page is there and looked at. Null until it was read; what was read
 * last stays when a reading fails.
 */
export function usePolled<T>(path: string, everyMs: number): { found: T | null; read: () => Promise<void> } {
  const { client } = useDesk();
  const [found, setFound] = useState<T | null>(null);
  const isReading = useRef(false);
  const read = useCallback(async () => {
    const answer = await client.call<T>('GET', path);
    if (answer !== null) setFound(answer);
  }, [client, path]);
  useEffect(() => {
    const poll = async (): Promise<void> => {
      if (isReading.current || document.hidden || client.store.read().phase !== 'ready') return;
      isReading.current = true;
      await read().finally(() => {
        isReading.current = false;
      });
    };
    void poll();
    const timer = setInterval(() => void poll(), everyMs);
    return () => clearInterval(timer);
  }, [client, read, everyMs]);
  return { found, read };
}
