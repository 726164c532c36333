import { type BotSettings, isLoopback } from './settings';

type Trust = Pick<BotSettings, 'serviceHosts' | 'allowsLoopback'>;

/** Whether an address is one that our token may be sent to. */
export function isTrustedService(address: string, { serviceHosts, allowsLoopback }: Trust): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (allowsLoopback && isLoopback(hostname)) return protocol === 'http:' || protocol === 'https:';
  const host = hostname.toLowerCase();
  const isKnown = serviceHosts.some(
    (each) => host === each.toLowerCase() || host.endsWith(`.${each.toLowerCase()}`),
  );
  return protocol === 'https:' && isKnown;
}

/** Whether an address lies on the very host of a service. */
export const isSameHost = (address: string, serviceUrl: string): boolean =>
  URL.canParse(address) && new URL(address).origin === new URL(serviceUrl).origin;
