import type { Method } from '../../shared/call';

/** What came of a call: the answer, or the code of what was refused (`unreachable` when the server was not reached). */
export type Answer<T> = { ok: true; value: T } | { ok: false; code: string; answer: unknown };

export type Call = <T>(method: Method, path: string, body?: unknown) => Promise<Answer<T>>;
