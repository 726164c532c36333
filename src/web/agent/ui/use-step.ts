import { useState } from 'react';
import { useDesk } from './context';
import { usePage } from './page';

/** What agents decide about a conversation: each asks one thing, and says what comes of it. */
export function useStep(overlay: 'transfer' | 'invite' | 'release' | 'close') {
  const { client } = useDesk();
  const page = usePage();
  const [isBusy, setIsBusy] = useState(false);
  return {
    isOpen: page.overlay === overlay,
    isBusy,
    cancel: () => page.show(null),
    async take(path: string, body: Record<string, unknown>): Promise<boolean> {
      setIsBusy(true);
      const isDone = await client.step(path, body);
      setIsBusy(false);
      if (isDone) page.show(null);
      return isDone;
    },
  };
}
