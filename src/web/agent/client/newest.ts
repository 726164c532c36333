/**
 * Answers may overtake each other: of two reads of the same thing the one that was asked for later knows more, so what
 * comes after its answer is dropped (null). A read that fails drops nothing.
 */
export function newestOnly(): <T>(what: string, read: () => Promise<T>) => Promise<T | null> {
  let asked = 0;
  const shown = new Map<string, number>();
  return async (what, read) => {
    asked += 1;
    const mine = asked;
    const found = await read();
    if (mine < (shown.get(what) ?? 0)) return null;
    shown.set(what, mine);
    return found;
  };
}
