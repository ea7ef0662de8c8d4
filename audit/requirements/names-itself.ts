import { distanceOfName } from '../near-names.ts';
import { isWebAddress } from '../read-seen.ts';
import { cannotTell, fail, pass, quote, type Judgement } from '../requirement.ts';
import type { Seen } from '../seen.ts';

/** Whether the metadata is about the address that was asked. */
export function namesItself({ resource }: Record<string, unknown>, { url }: Seen): Judgement {
  if (typeof resource !== 'string') return fail('The document names no resource.');
  const asked = url.href;
  if (withoutSlash(resource) === withoutSlash(asked)) return pass(`It names ${quote(resource)}.`);
  if (!isWebAddress(resource)) return fail(`It names ${quote(resource)}, which is no address.`);
  const named = new URL(resource);
  if (named.href === url.href || isAlias(named, url)) {
    return cannotTell(`It names ${quote(resource)}: give the audit that address.`);
  }
  const isParent = named.origin === url.origin && isPathPrefix(named.pathname, url.pathname);
  return isParent
    ? cannotTell(
        `It names ${quote(resource)}, which is above what was asked. Clients of MCP may accept that; RFC 9728 wants the same address.`,
      )
    : fail(`It names ${quote(resource)} and was asked about ${quote(asked)}.`);
}

const withoutSlash = (address: string): string => address.replace(/\/$/, '');

/** This machine under another of its names. */
const isAlias = (named: URL, asked: URL): boolean =>
  named.port === asked.port &&
  named.pathname === asked.pathname &&
  distanceOfName(named) === 'loopback' &&
  distanceOfName(asked) === 'loopback';

const isPathPrefix = (short: string, long: string): boolean =>
  long === short || long.startsWith(short.endsWith('/') ? short : `${short}/`);
