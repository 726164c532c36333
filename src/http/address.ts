import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from. Behind proxies of ours the address stands in X-Forwarded-For, counted from the right:
 * what stands further left is whatever the caller wrote.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const own = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return own;
  const header = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((hop) => hop.trim());
  return hops.at(-trustedProxies) || own;
}
