import { isIPv4, isIPv6 } from 'node:net';
import type { ChooseAddress } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Addresses are numbers, and ranges are compared as such; of IPv6 the URL parser makes one spelling first. IPv4 is preferred.';

const number4 = (text: string): number =>
  text.split('.').reduce((sum, part) => sum * 256 + +part, 0);

function number6(text: string): bigint {
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const groups = (part = ''): string[] => part.split(':').filter(Boolean);
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  const all = [...groups(head), ...zeros, ...groups(tail)];
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

const KEPT4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3`;
const ranges4 = KEPT4.split(/\s+/).map((network) => {
  const [start = '', bits] = network.split('/');
  return { from: number4(start), size: 2 ** (32 - Number(bits)) };
});
const KEPT6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map((network) => {
  const [start = '', bits] = network.split('/');
  return { start: number6(start), shift: 128n - BigInt(Number(bits)) };
});

const isPublic4 = (address: string): boolean =>
  !ranges4.some(({ from, size }) => number4(address) >= from && number4(address) < from + size);

function isPublic6(address: string): boolean {
  const value = number6(address);
  if (value >> 125n !== 1n) return false;
  return !KEPT6.some(({ start, shift }) => value >> shift === start >> shift);
}

export const chooseAddress: ChooseAddress = async (host, web) => {
  const found = await web.lookup(host).catch(() => []);
  // A zone belongs to link-local addresses, and the URL parser knows none.
  const addresses = found.filter((address) => !address.includes('%'));
  const address =
    addresses.find((one) => isIPv4(one) && isPublic4(one)) ??
    addresses.find((one) => isIPv6(one) && isPublic6(one));
  if (address === undefined) throw new InvalidInputError('There is nothing at this host.');
  return address;
};
