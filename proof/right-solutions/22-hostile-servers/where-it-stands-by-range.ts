import ipaddr from 'ipaddr.js';
import type { ChooseEndpoint } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Addresses have a place, from this machine to the internet, and nobody leads further in than they are.';

const PLACES = ['machine', 'network', 'internet'] as const;

function placeOf(address: string): (typeof PLACES)[number] {
  const parsed = ipaddr.process(address);
  if (parsed.range() === 'loopback') return 'machine';
  const isGivenOut = parsed.kind() === 'ipv4' || parsed.match(ipaddr.parseCIDR('2000::/3'));
  return parsed.range() === 'unicast' && isGivenOut ? 'internet' : 'network';
}

export const chooseEndpoint: ChooseEndpoint = async (text, server, { web }) => {
  let protocol: string;
  let addresses: string[];
  try {
    const url = new URL(text);
    protocol = url.protocol;
    addresses = await web.lookup(url.hostname);
  } catch {
    throw new RefusedError('Nobody is at this address.');
  }
  const from = placeOf(server.address);
  const [address = ''] = addresses;
  const places = addresses.map(placeOf);
  // In a network of one's own, servers also run beside the client.
  const isFurtherIn = places.some((place) => from === 'internet' && place !== 'internet');
  const isOnlyHere = from === 'machine' && places.every((place) => place === 'machine');
  const isFine = protocol === 'https:' || (protocol === 'http:' && isOnlyHere);
  if (addresses.length === 0 || isFurtherIn || !isFine) throw new RefusedError('Not from there.');
  return address;
};
