/**
 * The real web, for `npm run serve -- … --client-documents`: only there do client documents and feeds
 * come from where their URLs lead. Whatever the learner's controls do with it, nothing is reached from
 * here but JSON, over https, at public addresses, in a small answer, without redirects.
 */
import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Web } from '../exercises/weather-server/world/web.ts';
import { getAt, readAtMost } from '../shared/get-at.ts';
import { isPublicAddress } from '../solutions/02-client-registration/client-document.ts';

const MOST_BYTES = 64 * 1024;
const WITHIN_MS = 10_000;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

interface Means {
  /** All addresses of a host name. */
  resolve(host: string): Promise<string[]>;
  isAllowed(address: string): boolean;
  /** Whom to trust besides those whom Node trusts. */
  ca?: string;
}

const realMeans: Means = {
  resolve: async (host) =>
    (await dnsLookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
};

/** `means` are others in tests, which reach nobody. */
export function openRealWeb(means: Means = realMeans): Web {
  const lookup = async (host: string): Promise<string[]> => {
    const bare = host.replaceAll(/^\[|\]$/g, '');
    return isIP(bare) ? [bare] : means.resolve(bare);
  };

  return {
    lookup,
    async fetch(address, options = {}) {
      const url = new URL(address);
      if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
        throw new TypeError('Only https is fetched, without user information.');
      }
      const signals = [AbortSignal.timeout(WITHIN_MS), ...(options.signal ? [options.signal] : [])];
      const signal = AbortSignal.any(signals);
      const found = await within(signal, lookup(url.hostname));
      const [first] = found;
      // The one that was checked before, or the only answer that is ever looked at.
      const reached = options.address ?? first;
      if (reached === undefined || ![...found, reached].every((one) => means.isAllowed(one))) {
        throw new TypeError('Only public addresses are reached.');
      }
      const answer = await getAt(url, reached, signal, means.ca);
      const { statusCode = 0, headers } = answer;
      const isRedirect = statusCode >= 300 && statusCode <= 399;
      const mayShow = isRedirect
        ? options.redirect === 'manual'
        : JSON_TYPE.test(headers['content-type'] ?? '');
      if (!mayShow) {
        answer.destroy();
        throw new TypeError(isRedirect ? 'Redirects are not followed.' : 'Only JSON is fetched.');
      }
      const { 'content-type': type, location } = headers;
      if (isRedirect) answer.destroy();
      return new Response(isRedirect ? null : await readAtMost(answer, MOST_BYTES), {
        status: statusCode,
        headers: {
          ...(type === undefined ? {} : { 'content-type': type }),
          // Whoever asked for it decides about it, and comes by here again.
          ...(isRedirect && location !== undefined ? { location } : {}),
        },
      });
    },
  };
}

const within = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);
