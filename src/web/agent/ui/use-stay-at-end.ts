import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Entry } from '../state/timeline';

/** Pixels above the end within which somebody counts as reading the newest. */
const NEAR_END = 120;

/**
 * Follows what is said as long as the end is in sight. Who reads further up is not pulled down: they are told that there is
 * more. Own words, and another conversation, go to the end in any case.
 */
export function useStayAtEnd(last: Entry | undefined, conversationId: string) {
  const box = useRef<HTMLDivElement>(null);
  const isNearEnd = useRef(true);
  const shownId = useRef<string | null>(null);
  const [hasMore, setHasMore] = useState(false);
  const toEnd = useCallback(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    isNearEnd.current = true;
    setHasMore(false);
  }, []);
  const key = last?.key;
  const isOwn = last?.type === 'outgoing';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is what it looks at
  useLayoutEffect(() => {
    const isAnother = shownId.current !== conversationId;
    shownId.current = conversationId;
    if (isAnother || isOwn || isNearEnd.current) toEnd();
    else setHasMore(true);
  }, [key, conversationId]);
  const onScroll = useCallback(() => {
    const { current: element } = box;
    if (!element) return;
    isNearEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    if (isNearEnd.current) setHasMore(false);
  }, []);
  return { box, hasMore, onScroll, toEnd };
}
