import ipaddr from 'ipaddr.js';
import type { ChooseAddress } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Takes the IPv4 address out of mapped, NAT64 and 6to4 addresses, and judges that; so that it works behind NAT64.';

/** Prefix -> the byte at which the IPv4 address begins. */
const CARRIERS: [string, number][] = [
  ['::ffff:0:0/96', 12],
  ['::ffff:0:0:0/96', 12],
  ['::/96', 12],
  ['64:ff9b::/96', 12],
  ['2002::/16', 2],
];
const outside = ipaddr.IPv6.parseCIDR('2000::/3');

function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  for (const [prefix, at] of CARRIERS) {
    if (!address.match(ipaddr.IPv6.parseCIDR(prefix))) continue;
    const inner = new ipaddr.IPv4(address.toByteArray().slice(at, at + 4));
    return inner.range() === 'unicast';
  }
  return address.match(outside) && address.range() === 'unicast';
}

export const chooseAddress: ChooseAddress = async (host, web) => {
  const addresses = await web.lookup(host).catch(() => []);
  const [first] = addresses.filter(isPublic);
  if (first === undefined) throw new InvalidInputError('This host has no public address.');
  return first;
};
