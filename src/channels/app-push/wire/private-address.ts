import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are nobody's on the internet: our own, this machine's, those of clouds for their machines. */
const NETWORKS = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/127',
  '64:ff9b::/96',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

const privates = new BlockList();
for (const network of NETWORKS) {
  const [address = '', bits = ''] = network.split('/');
  privates.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
}

/** True for an IP address that is not of the internet, in whichever notation; false for a name. */
export function isPrivateAddress(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  // The list takes a mapped IPv4 address for what it maps.
  return family !== 0 && privates.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export const PRIVATE_ADDRESS = 'private-address';

/** Resolves a name as ever, but refuses one of which every address is private; the connection goes to what was checked. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [], 0);
    const open = addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = open;
    if (!first) return callback(Object.assign(new Error('refused'), { code: PRIVATE_ADDRESS }), [], 0);
    if (options.all) return callback(null, open);
    callback(null, first.address, first.family);
  });
};
