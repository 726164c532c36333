import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * Whether everything in a bar has room beside each other; what it holds differs with role, language and names, so it is
 * measured and no width is assumed. Measured anew whenever the bar or what it holds changes its size.
 */
export function useRoom(): { bar: RefObject<HTMLElement | null>; hasRoom: boolean } {
  const bar = useRef<HTMLElement>(null);
  const [hasRoom, setHasRoom] = useState(true);
  /** What it takes beside each other, in CSS pixels; measured while all of it is. */
  const needed = useRef(0);
  // After every rendering: the words may be others. Setting what is set already renders nothing.
  useLayoutEffect(() => {
    if (!bar.current) return;
    if (hasRoom) needed.current = bar.current.scrollWidth;
    setHasRoom(needed.current <= bar.current.clientWidth);
  });
  useLayoutEffect(() => {
    const { current } = bar;
    if (!current) return;
    const observer = new ResizeObserver(() => setHasRoom(needed.current <= current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return { bar, hasRoom };
}
