import ipaddr from 'ipaddr.js';
import type { ChooseEndpoint } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Addresses have a place, from this machine to the internet, and nobody leads further in than they are.';

type Place = 'machine' | 'network' | 'internet' | 'nowhere';

/** `nowhere` is what is kept for other uses: nobody may lead there, and who comes from there is far. */
function placeOf(address: string): Place {
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'loopback') return 'machine';
  if (range === 'private' || range === 'uniqueLocal' || range === 'linkLocal') return 'network';
  const isGivenOut = parsed.kind() === 'ipv4' || parsed.match(ipaddr.parseCIDR('2000::/3'));
  return range === 'unicast' && isGivenOut ? 'internet' : 'nowhere';
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
  const isInside = from === 'machine' || from === 'network';
  const isFurtherIn = places.some((place) => !isInside && place !== 'internet');
  const isOnlyHere = from === 'machine' && places.every((place) => place === 'machine');
  const isFine = protocol === 'https:' || (protocol === 'http:' && isOnlyHere);
  if (addresses.length === 0 || isFurtherIn || !isFine) throw new RefusedError('Not from there.');
  return address;
};
