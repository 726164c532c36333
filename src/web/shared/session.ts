import type { Locale } from '../../contract/activity';
import { type Api, CallError, type CallOptions } from './call';

/** A token for one conversation, as the chat route or the operator's app server gives it. */
export interface Grant {
  token: string;
  /** Null when the token is for a conversation that is yet to be begun. */
  conversationId: string | null;
  userId: string | null;
}

/** Gets a token: for a visitor, or from the app that hosts the chat. */
export type Authorise = () => Promise<Grant>;

export interface Session {
  /** A call with a token; asks for a new one, once, when the old one is refused. */
  call<T>(method: 'GET' | 'POST', path: string, options?: CallOptions): Promise<T>;
  /** The grant that is held; gets one first when there is none. */
  grant(): Promise<Grant>;
  token(): string | null;
  userId(): string | null;
  /** Takes the token that comes with a conversation. */
  renew(token: string, conversationId: string): void;
  /** Drops what is held: the next call asks for a new token. */
  drop(): void;
  /** Exchanges a token that is still good for a fresh one; a failure is left to the next call. */
  refresh(): Promise<void>;
}

export function createSession(api: Api, authorise: Authorise): Session {
  let held: Grant | null = null;
  let asking: Promise<Grant> | null = null;

  function grant(): Promise<Grant> {
    if (held) return Promise.resolve(held);
    asking ??= authorise()
      .then((given) => {
        held = given;
        return given;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  const isRefused = (error: unknown) =>
    error instanceof CallError && (error.status === 401 || error.status === 403);

  return {
    grant,
    token: () => held?.token ?? null,
    userId: () => held?.userId ?? null,
    renew: (token, conversationId) => {
      held = { userId: null, ...held, token, conversationId };
    },
    drop: () => {
      held = null;
    },
    async call(method, path, options) {
      const { token } = await grant();
      try {
        return await api.call(method, path, { ...options, token });
      } catch (error) {
        if (!isRefused(error)) throw error;
        if (held?.token === token) held = null;
        return api.call(method, path, { ...options, token: (await grant()).token });
      }
    },
    async refresh() {
      if (!held) return;
      const { token } = held;
      try {
        const fresh = await api.call<{ token: string }>('POST', '/v3/directline/tokens/refresh', { token });
        if (held?.token === token) held = { ...held, token: fresh.token };
      } catch {
        // The next call is refused, and asks for a new one.
      }
    },
  };
}

/** Where a page keeps things between loads; a private window may have none. */
export interface Keep {
  read(name: string): string | null;
  write(name: string, value: string): void;
}

export function createKeep(prefix: string): Keep {
  const memory = new Map<string, string>();
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch {
      // Storage is full or forbidden: then this lasts as long as the page.
      return null;
    }
  };
  return {
    read: (name) => memory.get(name) ?? attempt(() => localStorage.getItem(`${prefix}.${name}`)),
    write: (name, value) => {
      const isKept = attempt(() => {
        localStorage.setItem(`${prefix}.${name}`, value);
        return true;
      });
      if (isKept) memory.delete(name);
      else memory.set(name, value);
    },
  };
}

interface VisitorAnswer {
  token: string;
  userId: string;
  conversationId: string;
  resumeToken: string;
}

/** A visitor of the web chat: comes back to the same conversation for 30 days. */
export function visitorOf(api: Api, keep: Keep, locale: () => Locale): Authorise {
  return async () => {
    const resume = keep.read('resume') ?? undefined;
    const body = { resume, locale: locale() };
    const { resumeToken, ...grant } = await api.call<VisitorAnswer>('POST', '/chat/token', { body });
    keep.write('resume', resumeToken);
    return grant;
  };
}
