/**
 * One reading for everybody who asks within a moment: the wall costs a read of every conversation that somebody has, and each
 * viewer asks every few seconds. `forget` is called when something has changed. A reading that fails is not kept.
 */
export function share<T>(
  read: () => Promise<T>,
  { forMs, clock }: { forMs: number; clock: () => number },
): { read: () => Promise<T>; forget: () => void } {
  let kept: { value: Promise<T>; until: number } | null = null;
  return {
    read() {
      if (kept && clock() < kept.until) return kept.value;
      const value = read();
      const mine = { value, until: clock() + forMs };
      kept = mine;
      value.catch(() => {
        if (kept === mine) kept = null;
      });
      return value;
    },
    forget() {
      kept = null;
    },
  };
}
