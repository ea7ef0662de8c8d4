import { isIP } from 'node:net';
import { distanceOf, isLoopbackName, type Distance } from './address-book.ts';

/** What a name says by itself, without asking DNS. */
export function distanceOfName({ hostname }: URL): Distance {
  const name = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isLoopbackName(name)) return 'loopback';
  return isIP(name) === 0 ? 'public' : distanceOf(name);
}

/** https, or loopback, where nobody is on the way. */
export const isPrivateWay = (url: URL): boolean =>
  url.protocol === 'https:' || distanceOfName(url) === 'loopback';

/** Where plain http is spoken beside TLS: at its usual port beside the usual one, else at the same. */
export function besideTls({ href }: URL): URL {
  const url = new URL(href);
  url.protocol = 'http:';
  return url;
}
