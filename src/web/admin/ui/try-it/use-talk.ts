import { useCallback, useRef, useState } from 'react';
import type { Talk, TalkLine } from '../../../../contract/content-talk';
import { useAdmin } from '../context';

const AGAIN_MS = 1000;

export interface TalkState {
  lines: TalkLine[];
  talk: Talk | null;
  isWorking: boolean;
  /** Says the lines from the first on, to the draft as it stands now. */
  play: (lines: TalkLine[]) => Promise<void>;
}

/** A conversation with the draft. All of it stands here: the server plays it anew with each line. */
export function useTalk(): TalkState {
  const { client, settings } = useAdmin();
  const [lines, setLines] = useState<TalkLine[]>([]);
  const [talk, setTalk] = useState<Talk | null>(null);
  const [isWorking, setIsWorking] = useState(false);
  const serial = useRef(0);
  const { locale } = settings;
  const play = useCallback(
    async (next: TalkLine[]) => {
      serial.current += 1;
      const own = serial.current;
      setLines(next);
      if (next.length === 0) {
        setIsWorking(false);
        return setTalk(null);
      }
      setIsWorking(true);
      await client.save();
      for (;;) {
        const found = await client.ask<Talk>('POST', '/admin/content/talk', { lines: next, locale });
        // What was asked since then counts.
        if (own !== serial.current) return;
        if (!found) break;
        if (found.isReady) {
          setTalk(found);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
      setIsWorking(false);
    },
    [client, locale],
  );
  return { lines, talk, isWorking, play };
}
