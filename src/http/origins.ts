const originOf = (url: string): string => new URL(url).origin;

/**
 * Pages that may talk to this server: its own, those of WEB_ORIGINS, and those that a token names. On loopback
 * `localhost` and `127.0.0.1` are the same page to people.
 */
export function createOriginCheck(ownUrl: () => string, configured: string[]) {
  const known = new Set(configured.map(originOf));
  const own = (): string[] => {
    const { protocol, port, hostname } = new URL(ownUrl());
    const names = ['127.0.0.1', 'localhost'].includes(hostname) ? ['127.0.0.1', 'localhost'] : [hostname];
    return names.map((name) => `${protocol}//${name}${port ? `:${port}` : ''}`);
  };
  return {
    /** The server's own origins. */
    own,
    isAllowed: (origin: string, principal: { origins: string[] } | null = null): boolean =>
      own().includes(origin) || known.has(origin) || (principal?.origins.includes(origin) ?? false),
  };
}
