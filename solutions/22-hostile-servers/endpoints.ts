import ipaddr from 'ipaddr.js';
import type { ChooseEndpoint, EndpointMeans } from '../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../exercises/weather-server/errors.ts';

/**
 * Whether the client asks an address that a server's documents have named (MCP, Security Best
 * Practices, SSRF), and at which IP address. A server on the internet may name others there, and
 * nothing else; one inside a network, or on this machine, has neighbours there. Which of both it is,
 * the connection says that was made to it. Its name would say something else the next time. Inside is
 * only what is known to be: an address of a gateway (NAT64, 6to4) may lead to anybody.
 *
 * Without TLS only on this machine, for a server that is on it too. The host is looked up once, and
 * what is given is what was judged.
 */
export const chooseEndpoint: ChooseEndpoint = async (text, server, means) => {
  const { protocol, hostname } = parsed(text);
  const address = isInside(server.address)
    ? await anyAddress(hostname, means)
    : await publicAddress(hostname, means);
  const staysHere = protocol === 'http:' && isLoopback(server.address) && isLoopback(address);
  if (protocol !== 'https:' && !staysHere) {
    throw new RefusedError('The server names an address that is not encrypted.');
  }
  return address;
};

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new RefusedError('The server names an address that is none.');
  }
}

const RANGES_INSIDE = ['private', 'uniqueLocal', 'linkLocal', 'loopback'];

const rangeOf = (address: string): string =>
  ipaddr.isValid(address) ? ipaddr.process(address).range() : 'none';

const isInside = (address: string): boolean => RANGES_INSIDE.includes(rangeOf(address));

async function publicAddress(host: string, { web, chooseAddress }: EndpointMeans): Promise<string> {
  try {
    return await chooseAddress(host, web);
  } catch {
    throw new RefusedError('The server names an address that is nobody’s on the internet.');
  }
}

async function anyAddress(host: string, { web }: EndpointMeans): Promise<string> {
  const [address] = await web.lookup(host).catch(() => []);
  if (address === undefined) throw new RefusedError('The server names an address that is none.');
  return address;
}

const isLoopback = (address: string): boolean => rangeOf(address) === 'loopback';
