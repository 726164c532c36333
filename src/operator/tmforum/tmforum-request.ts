interface TmforumRequest {
  /** Shown as a bearer. */
  token: string;
  method: string;
  body?: object | undefined;
  signal: AbortSignal;
}

/** A request to a TM Forum system; changes are JSON merge patches. The token is for one receiver, so no redirects. */
export const tmforumRequest = ({ token, method, body, signal }: TmforumRequest): RequestInit => ({
  method,
  redirect: 'error',
  headers: {
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    ...(body && {
      'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    }),
  },
  ...(body && { body: JSON.stringify(body) }),
  signal,
});
