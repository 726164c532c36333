/** A deep copy of plain JSON data: faster than structuredClone, and of the same realm as the code that calls it. */
export function copyPlain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  // Both branches keep the shape of the value, which the compiler cannot follow.
  if (Array.isArray(value)) return value.map(copyPlain) as T;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyPlain(part)])) as T;
}
