import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { ChooseAddress, ParseFeedUrl } from '../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../exercises/weather-server/errors.ts';

const LONGEST_URL = 2000;

/**
 * By the text alone: https, so that nobody on the way reads or changes the feed; its own port, so that
 * this server does not try other services for a stranger; no user information, which would be sent
 * along, and only looks like a host. `URL` has read it as `web.fetch` will: `0x7f.1`, a tab in the
 * scheme or a backslash are no other spellings any more.
 *
 * Does NOT look at the host. A list of bad names would always lack one; what counts is which address
 * a name stands for, and `chooseAddress` decides about that.
 */
export const parseFeedUrl: ParseFeedUrl = (text) => {
  const url = text.length <= LONGEST_URL ? parsed(text) : undefined;
  // The port of https itself is left out by the parser.
  const isPlain = url?.protocol === 'https:' && url.port === '';
  if (url && isPlain && url.username === '' && url.password === '') return url;
  throw new InvalidInputError('A feed has an https URL, without port, user name and password.');
};

/** Not by `URL.canParse`: in Node 20 its answer about the same text changes when it is asked often. */
function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** All of IPv6 that is given out to anybody (IANA, IPv6 Global Unicast Address Assignments). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address can be somebody's on the internet, and is nobody's inside a network. Only ranges
 * without a name are: to list the bad ones instead would let in whatever range gets a name later.
 * Addresses that carry another one (mapped, NAT64, 6to4, Teredo) have a range of their own, and are
 * refused whatever they carry. `range()` also calls unicast what IANA has given to nobody.
 */
export function isPublicAddress(address: string): boolean {
  // Stricter than the library, which takes `010.0.0.5` for an address, as only some resolvers do.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  const isGivenOut = parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
  return isGivenOut && parsed.range() === 'unicast';
}

/**
 * One lookup, because the next one may say something else: whoever connects has to use this answer.
 * All addresses have to be public. A name with one inside is no feed's, and which of several a client
 * takes is its own secret.
 */
export const chooseAddress: ChooseAddress = async (host, web) => {
  const addresses = await web.lookup(host).catch(() => []);
  const [first] = addresses;
  if (first === undefined || !addresses.every(isPublicAddress)) {
    throw new InvalidInputError('This host has no public address.');
  }
  return first;
};
