import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { ChooseAddress } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Node’s own BlockList: one list of what is kept in IPv4, and of IPv6 what is given out, less what is kept of that.';

const kept = new BlockList();
for (const network of `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12
  192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24
  203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`.split(/\s+/)) {
  const [address = '', bits] = network.split('/');
  kept.addSubnet(address, Number(bits), 'ipv4');
}
for (const network of '2001::/23 2001:db8::/32 2002::/16 3fff::/20'.split(' ')) {
  const [address = '', bits] = network.split('/');
  kept.addSubnet(address, Number(bits), 'ipv6');
}
const givenOut = new BlockList();
givenOut.addSubnet('2000::', 3, 'ipv6');

/** The family has to be named: the list takes IPv4 for granted, and says no to what it cannot read. */
const isPublic = (address: string): boolean =>
  (isIPv4(address) && !kept.check(address, 'ipv4')) ||
  (isIPv6(address) && givenOut.check(address, 'ipv6') && !kept.check(address, 'ipv6'));

export const chooseAddress: ChooseAddress = async (host, web) => {
  const addresses = await web.lookup(host).catch(() => []);
  const address = addresses.every(isPublic) ? addresses[0] : undefined;
  if (address === undefined) throw new InvalidInputError('This host is not on the internet.');
  return address;
};
