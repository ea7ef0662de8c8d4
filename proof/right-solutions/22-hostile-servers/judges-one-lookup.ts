import ipaddr from 'ipaddr.js';
import type { ChooseEndpoint } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The host is looked up once, whoever the server is, and then each address is judged as a text.';

/** Where no address of the internet is, nor one that stands for such an address. */
const INSIDE = new Set(['private', 'uniqueLocal', 'linkLocal', 'loopback']);

export const chooseEndpoint: ChooseEndpoint = async (text, server, { web, chooseAddress }) => {
  const url = await Promise.resolve(text)
    .then((sent) => new URL(sent))
    .catch(() => undefined);
  const addresses = url ? await web.lookup(url.hostname).catch(() => []) : [];
  const isPublic = async (address: string): Promise<boolean> => {
    try {
      // An address stands for itself, so that nothing is looked up here.
      return (await chooseAddress(address, web)) === address;
    } catch {
      return false;
    }
  };
  const isHere = (address: string): boolean => /^127\.|^::1$/.test(address);
  const mayGoInside = INSIDE.has(ipaddr.process(server.address).range());
  for (const address of addresses) {
    const isEncrypted = url?.protocol === 'https:';
    const staysHere = url?.protocol === 'http:' && isHere(address) && isHere(server.address);
    if ((isEncrypted || staysHere) && (mayGoInside || (await isPublic(address)))) return address;
  }
  throw new RefusedError('This server may not send us there.');
};
