import type { ChooseAddress, ParseFeedUrl } from '../weather-server/controls.ts';
import { InvalidInputError } from '../weather-server/errors.ts';

// Today the server asks whatever address it is given: in the clear, at any port, with a password in
// it.

// TODO 21: Let pass https, at port 443, without user name and password. Throw `InvalidInputError` for
// anything else, a text that is no URL included; never let an error of the URL parser through.
export const parseFeedUrl: ParseFeedUrl = (text) => {
  try {
    return new URL(text);
  } catch {
    throw new InvalidInputError('This is no URL.');
  }
};

// Today a name may stand for a machine inside: loopback, the private network, the place where a cloud
// keeps the server's own keys.

// TODO 21: Look the host up once (`web.lookup` takes addresses as well as names), and give an address
// that is somebody's on the internet, of either family. No other will do, however it is spelled:
// nothing that IANA's registries keep for loopback, private and link-local use, carriers, protocols,
// benchmarks, documentation, multicast or the future; and no IPv6 address that carries such an IPv4
// address (mapped, compatible, translated, NAT64, 6to4, Teredo): refuse these forms, or judge what they
// carry. Throw `InvalidInputError` if there is none, and for a name that nobody knows. Whether one bad
// address among good ones spoils them all is up to you.
export const chooseAddress: ChooseAddress = async (host, web) => {
  const [address = ''] = await web.lookup(host);
  return address;
};
