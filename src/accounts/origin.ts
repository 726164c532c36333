import type { IncomingHttpHeaders } from 'node:http';

/** What a form of a foreign page can send without asking first. */
const FORM_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/**
 * Whether a request that changes something comes from a page of ours, or from a program that is no browser. The
 * cookie alone proves nothing: a browser adds it for whoever asks.
 *
 * - An Origin must be one of the server's own. `null` (a sandboxed or hidden origin) is not.
 * - Without an Origin, Sec-Fetch-Site, which no page can set, must say `same-origin` or `none`.
 * - Without both it is a program such as curl, or a browser of before 2020. The latter can only be made to send what
 *   a form sends, so bodies of form types are refused and JSON passes: a foreign page cannot send JSON unasked.
 */
export function isOwnRequest(headers: IncomingHttpHeaders, ownOrigins: string[]): boolean {
  const { origin } = headers;
  if (origin !== undefined) return ownOrigins.some((own) => own.toLowerCase() === origin.toLowerCase());
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return !FORM_TYPES.test(headers['content-type'] ?? '');
}
