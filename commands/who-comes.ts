/** Who may reach what `npm run serve` serves, and under which name. */
import type { IncomingMessage } from 'node:http';

/**
 * The exercises do not check Host and Origin until topic 11 is solved. Until then, and whatever the
 * learner does, a web page of somebody else's must not reach a server that is insecure on purpose.
 */
export function isFromThisMachine({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const isLocal = (url: string): boolean =>
    URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
  const { host, origin, referer } = headers;
  if (!isLocal(`http://${host}`)) return false;
  if (origin !== undefined) return isLocal(origin);
  // A page of this machine on another host name is another site: Inspector's, when it sends the
  // browser to the authorization endpoint. Such a visit carries no Origin, but says where it is from.
  return headers['sec-fetch-site'] !== 'cross-site' || isLocal(referer ?? '');
}

/**
 * Another name of this machine that a client came by, as an origin. It would find that the resource is
 * not the one it asked for (RFC 9728 §3.3), and say so in words that help nobody. Undefined for the
 * name of `origin`, for strangers, and for pages, which may come as they like.
 */
export function otherNameFor(
  { headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>,
  origin: string,
): string | undefined {
  const { protocol, hostname } = new URL(origin);
  const [, name] = /^(localhost|\[::1\]|127\.0\.0\.1)(?::\d+)?$/i.exec(headers.host ?? '') ?? [];
  const isForClients = /^\/(?:mcp|\.well-known)(?:[/?]|$)/.test(url);
  const isOther = name !== undefined && name.toLowerCase() !== hostname;
  return isForClients && isOther ? `${protocol}//${headers.host}` : undefined;
}
