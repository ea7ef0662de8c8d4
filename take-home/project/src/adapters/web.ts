/**
 * The rest of the web, for documents and feeds: over https, at an address that the server's own
 * controls have looked at, and without following anybody. Which addresses may be reached, they decide.
 */
import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Tape } from '../../../../exercises/weather-server/world/tape.ts';
import type { Web } from '../../../../exercises/weather-server/world/web.ts';
import { getAt, readAtMost } from '../../../../shared/get-at.ts';

const MOST_BYTES = 2 * 1024 * 1024;
const WITHIN_MS = 20_000;

export function openWeb(tape: Tape): Web {
  return {
    async lookup(host) {
      const bare = host.replaceAll(/^\[|\]$/g, '');
      if (isIP(bare)) return [bare];
      const found = await dnsLookup(bare, { all: true, verbatim: true });
      return found.map(({ address }) => address);
    },
    async fetch(href, { redirect = 'follow', address, signal } = {}) {
      const url = new URL(href);
      if (url.protocol !== 'https:') throw new TypeError('Only https is fetched.');
      if (address === undefined)
        throw new TypeError('Look the address up, and say which to reach.');
      const limits = [AbortSignal.timeout(WITHIN_MS), ...(signal ? [signal] : [])];
      const answer = await getAt(url, address, AbortSignal.any(limits));
      const { statusCode: status = 0, headers } = answer;
      const entry = tape.write({
        kind: 'web',
        url: url.origin,
        address,
        inside: false,
        status,
        bytes: 0,
        heldMs: 0,
      });
      const isRedirect = status >= 300 && status <= 399;
      if (isRedirect && redirect !== 'manual') {
        answer.destroy();
        throw new TypeError('Redirects are not followed.');
      }
      if (isRedirect) answer.destroy();
      const body = isRedirect || status === 204 ? null : await readAtMost(answer, MOST_BYTES);
      entry.bytes = body?.length ?? 0;
      entry.heldMs = Date.now() - entry.at;
      const { 'content-type': type, location } = headers;
      return new Response(body, {
        status,
        headers: {
          ...(type === undefined ? {} : { 'content-type': type }),
          ...(location === undefined ? {} : { location }),
        },
      });
    },
  };
}
