import { isIP } from 'node:net';
import type { FeedMeans, FetchFeed } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import { isPublicAddress } from '../../../solutions/21-outgoing-requests/outgoing-address.ts';
import type { Mistake } from '../../solutions.ts';

const refused = (): InvalidInputError => new InvalidInputError('There is no feed to be had.');

/** The parts of a right solution, each of which a mistake may replace. */
interface Parts {
  signal: () => AbortSignal | undefined;
  most: number;
  redirects: (status: number) => boolean;
  /** What is done with the body of a redirect. */
  leave: (response: Response) => Promise<unknown>;
  parse: (text: string, hop: number, means: FeedMeans) => URL;
  choose: (url: URL, hop: number, means: FeedMeans) => Promise<string | undefined>;
  resolve: (location: string, here: URL) => string;
  isFeed: (response: Response) => boolean;
  read: (response: Response) => Promise<string>;
  /** What is thrown for an answer that is no feed. */
  complain: (response: Response) => Promise<Error>;
  /** What is thrown in place of any other error. */
  instead: (error: unknown) => unknown;
}

const isJson = (response: Response): boolean =>
  /^application\/([\w.-]+\+)?json *(;|$)/i.test(response.headers.get('content-type') ?? '');

async function readBounded(response: Response, most = 64 * 1024): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > most) throw refused();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const right: Parts = {
  signal: () => AbortSignal.timeout(10_000),
  most: 5,
  redirects: (status) => [301, 302, 303, 307, 308].includes(status),
  leave: async (response) => response.body?.cancel(),
  parse: (text, _hop, { parseFeedUrl }) => parseFeedUrl(text),
  choose: (url, _hop, { chooseAddress, web }) => chooseAddress(url.hostname, web),
  resolve: (location, here) => new URL(location, here).href,
  isFeed: (response) => response.status === 200 && isJson(response),
  read: readBounded,
  async complain(response) {
    await response.body?.cancel();
    return refused();
  },
  instead: refused,
};

const fetchFeedWith =
  (changed: Partial<Parts>): FetchFeed =>
  async (text, means) => {
    const parts = { ...right, ...changed };
    let here = parts.parse(text, 0, means);
    const signal = parts.signal();
    try {
      for (let hop = 0; hop <= parts.most; hop++) {
        const address = await parts.choose(here, hop, means);
        const response = await means.web.fetch(here.href, {
          redirect: 'manual',
          ...(address === undefined ? {} : { address }),
          ...(signal === undefined ? {} : { signal }),
        });
        const location = response.headers.get('location');
        if (parts.redirects(response.status) && location !== null) {
          await parts.leave(response);
          here = parts.parse(parts.resolve(location, here), hop + 1, means);
          continue;
        }
        if (!parts.isFeed(response)) throw await parts.complain(response);
        return await parts.read(response);
      }
      throw refused();
    } catch (error) {
      throw parts.instead(error);
    }
  };

export const mistakes: Mistake[] = [
  {
    name: 'redirects-by-themselves',
    mistake: 'The first address is checked and pinned, and `fetch` follows redirects by itself.',
    caughtBy: [
      'out-redirect-inside',
      'out-redirect-rebinding',
      'out-redirect-elsewhere',
      'out-redirect-chain',
      'out-map-of-names',
      'out-not-a-feed',
    ],
    controls: {
      async fetchFeed(text, { web, parseFeedUrl, chooseAddress }) {
        const { href, hostname } = parseFeedUrl(text);
        try {
          const address = await chooseAddress(hostname, web);
          const response = await web.fetch(href, { address, signal: AbortSignal.timeout(10_000) });
          if (!right.isFeed(response)) throw refused();
          return await readBounded(response);
        } catch {
          throw refused();
        }
      },
    },
  },
  {
    name: 'the-first-url-only',
    mistake: 'Scheme, port and user information are asked of the first URL only.',
    caughtBy: ['out-redirect-elsewhere'],
    controls: {
      fetchFeed: fetchFeedWith({
        parse: (text, hop, { parseFeedUrl }) => (hop === 0 ? parseFeedUrl(text) : new URL(text)),
      }),
    },
  },
  {
    name: 'the-first-host-only',
    mistake: 'Only the first host is looked up and judged; hops go by their names.',
    caughtBy: ['out-redirect-inside', 'out-redirect-rebinding', 'out-map-of-names'],
    controls: {
      fetchFeed: fetchFeedWith({
        choose: async (url, hop, means) => (hop === 0 ? right.choose(url, hop, means) : undefined),
      }),
    },
  },
  {
    name: 'hops-that-are-addresses',
    mistake: 'Names are looked up at each hop, but an address in a redirect is taken as it is.',
    caughtBy: ['out-redirect-inside'],
    controls: {
      fetchFeed: fetchFeedWith({
        choose: async (url, hop, means) => {
          const bare = url.hostname.replaceAll(/[[\]]/g, '');
          return hop > 0 && isIP(bare) ? bare : right.choose(url, hop, means);
        },
      }),
    },
  },
  {
    name: 'checked-and-not-pinned',
    mistake: 'Each host is checked, and then the connection looks its name up again.',
    caughtBy: ['out-second-lookup', 'out-redirect-rebinding'],
    controls: {
      fetchFeed: fetchFeedWith({
        async choose(url, hop, means) {
          await right.choose(url, hop, means);
          return undefined;
        },
      }),
    },
  },
  {
    name: 'hops-not-pinned',
    mistake: 'The first connection goes to the checked address, those of redirects to the name.',
    caughtBy: ['out-redirect-rebinding'],
    controls: {
      fetchFeed: fetchFeedWith({
        async choose(url, hop, means) {
          const address = await right.choose(url, hop, means);
          return hop === 0 ? address : undefined;
        },
      }),
    },
  },
  {
    name: 'only-hops-pinned',
    mistake:
      'Redirects are suspicious, so that their connections are pinned, and the first is not.',
    caughtBy: ['out-second-lookup', 'out-redirect-rebinding'],
    controls: {
      fetchFeed: fetchFeedWith({
        async choose(url, hop, means) {
          const address = await right.choose(url, hop, means);
          return hop > 0 ? address : undefined;
        },
      }),
    },
  },
  {
    name: 'as-many-as-a-browser',
    mistake: 'Twenty redirects are followed, as browsers do, so that one call sends 21 requests.',
    caughtBy: ['out-redirect-chain'],
    controls: { fetchFeed: fetchFeedWith({ most: 20 }) },
  },
  {
    name: 'no-redirects',
    mistake: 'No redirect is followed, so that a feed that has moved is lost.',
    caughtBy: ['follows-honest-redirects', 'imports-at-the-same-time'],
    controls: { fetchFeed: fetchFeedWith({ most: 0 }) },
  },
  {
    name: 'whole-locations-only',
    mistake: '`Location` is read as a whole URL, and often is none.',
    caughtBy: ['follows-honest-redirects', 'imports-at-the-same-time'],
    controls: { fetchFeed: fetchFeedWith({ resolve: (location) => new URL(location).href }) },
  },
  {
    name: 'two-kinds-of-redirect',
    mistake: 'Of the five kinds of redirect, 301 and 302 are known.',
    caughtBy: ['follows-honest-redirects'],
    controls: {
      fetchFeed: fetchFeedWith({ redirects: (status) => status === 301 || status === 302 }),
    },
  },
  {
    name: 'reads-first',
    mistake: 'The body is read to its end, and measured then.',
    caughtBy: ['out-endless-body', 'out-too-long'],
    controls: {
      fetchFeed: fetchFeedWith({
        async read(response) {
          const text = await response.text();
          if (text.length > 64 * 1024) throw refused();
          return text;
        },
      }),
    },
  },
  {
    name: 'believes-the-length',
    mistake: 'What `Content-Length` says is believed, and nothing is counted.',
    caughtBy: ['out-endless-body', 'out-too-long', 'out-telling-errors'],
    controls: {
      fetchFeed: fetchFeedWith({
        async read(response) {
          const length = response.headers.get('content-length');
          if (length !== null && Number(length) > 64 * 1024) throw refused();
          return response.text();
        },
      }),
    },
  },
  {
    name: 'drains-what-is-no-feed',
    mistake: 'What is no feed is read to its end, to free the connection.',
    caughtBy: ['out-endless-body'],
    controls: {
      fetchFeed: fetchFeedWith({
        async complain(response) {
          await response.text();
          return refused();
        },
      }),
    },
  },
  {
    name: 'short-feeds-only',
    mistake: 'Sixteen KiB is taken for enough.',
    caughtBy: ['reads-whole-feeds', 'imports-at-the-same-time'],
    controls: {
      fetchFeed: fetchFeedWith({ read: (response) => readBounded(response, 16 * 1024) }),
    },
  },
  {
    name: 'waits-for-ever',
    mistake: 'There is no limit of time.',
    caughtBy: ['out-slow-answer'],
    controls: { fetchFeed: fetchFeedWith({ signal: () => undefined }) },
  },
  {
    name: 'a-limit-for-each-hop',
    mistake: 'Each hop has ten seconds of its own, so that six of them have a minute.',
    caughtBy: ['out-slow-answer'],
    controls: {
      async fetchFeed(text, means) {
        const web: typeof means.web = {
          lookup: (host) => means.web.lookup(host),
          fetch: (url, options) =>
            means.web.fetch(url, { ...options, signal: AbortSignal.timeout(10_000) }),
        };
        return fetchFeedWith({})(text, { ...means, web });
      },
    },
  },
  {
    name: 'a-limit-until-it-answers',
    mistake: 'The limit of time ends when the answer begins, and its body may take for ever.',
    caughtBy: ['out-slow-answer'],
    controls: {
      async fetchFeed(text, means) {
        const controller = new AbortController();
        const timer = setTimeout(() => controller.abort(new Error('too late')), 10_000);
        const signal = (): AbortSignal => controller.signal;
        const read = (response: Response): Promise<string> => {
          clearTimeout(timer);
          return readBounded(response);
        };
        return fetchFeedWith({ signal, read })(text, means);
      },
    },
  },
  {
    name: 'in-a-hurry',
    mistake: 'Whoever does not answer within a second is given up.',
    caughtBy: ['waits-for-slow-feeds', 'imports-at-the-same-time'],
    controls: { fetchFeed: fetchFeedWith({ signal: () => AbortSignal.timeout(1_000) }) },
  },
  {
    name: 'any-type',
    mistake: 'Whatever can be read as JSON is a feed, uploads of strangers included.',
    caughtBy: ['out-not-a-feed', 'out-telling-errors'],
    controls: { fetchFeed: fetchFeedWith({ isFeed: ({ status }) => status === 200 }) },
  },
  {
    name: 'json-anywhere-in-the-type',
    mistake: 'The type is searched for JSON, which may stand in a parameter of another type.',
    caughtBy: ['out-not-a-feed'],
    controls: {
      fetchFeed: fetchFeedWith({
        isFeed: ({ status, headers }) =>
          status === 200 && /application\/[\w.+-]*json/i.test(headers.get('content-type') ?? ''),
      }),
    },
  },
  {
    name: 'ok-is-enough',
    mistake: 'Every status from 200 to 299 will do, a part of a feed included.',
    caughtBy: ['out-not-a-feed'],
    controls: {
      fetchFeed: fetchFeedWith({ isFeed: (response) => response.ok && isJson(response) }),
    },
  },
  {
    name: 'one-spelling-of-the-type',
    mistake: 'The type is compared as a text, so that parameters and types of feeds are refused.',
    caughtBy: ['imports-honest-feeds'],
    controls: {
      fetchFeed: fetchFeedWith({
        isFeed: ({ status, headers }) =>
          status === 200 && headers.get('content-type') === 'application/json',
      }),
    },
  },
  {
    name: 'tells-what-was-said',
    mistake: 'The error quotes the beginning of the answer, so that callers can mend their feed.',
    caughtBy: [
      'out-quoting-errors',
      'out-slow-answer',
      'out-telling-errors',
      'says-that-there-is-none',
    ],
    controls: {
      fetchFeed: fetchFeedWith({
        async complain(response) {
          const said = await readBounded(response);
          return new InvalidInputError(`The feed says ${response.status}: ${said.slice(0, 200)}`);
        },
        instead: (error) => error,
      }),
    },
  },
  {
    name: 'a-word-for-each-case',
    mistake:
      'A name that nobody knows and a name that stands for an address inside get different errors.',
    caughtBy: ['out-map-of-names'],
    controls: {
      async chooseAddress(host, web) {
        const addresses = await web.lookup(host).catch(() => []);
        const [first] = addresses;
        if (first === undefined) throw new InvalidInputError('Nobody knows this host.');
        if (!addresses.every(isPublicAddress)) {
          throw new InvalidInputError('This host is not on the internet.');
        }
        return first;
      },
      fetchFeed: fetchFeedWith({
        instead: (error) => (error instanceof InvalidInputError ? error : refused()),
      }),
    },
  },
  {
    name: 'one-redirect-more',
    mistake: 'Redirects are counted after the next request, so that six are followed.',
    caughtBy: ['out-redirect-chain'],
    controls: { fetchFeed: fetchFeedWith({ most: 6 }) },
  },
  {
    name: 'every-3xx-redirects',
    mistake: 'Whatever begins with 3 is a redirect, choices and proxies included.',
    caughtBy: ['out-not-a-feed'],
    controls: {
      fetchFeed: fetchFeedWith({ redirects: (status) => status >= 300 && status < 400 }),
    },
  },
  {
    name: 'every-location-redirects',
    mistake: '`Location` is followed whatever the status, so that a feed that has one is left.',
    caughtBy: ['out-not-a-feed', 'imports-honest-feeds'],
    controls: { fetchFeed: fetchFeedWith({ redirects: () => true }) },
  },
  {
    name: 'reads-what-redirects',
    mistake: 'The body of a redirect is read to its end, to free the connection.',
    caughtBy: ['out-endless-body'],
    controls: { fetchFeed: fetchFeedWith({ leave: (response) => response.text() }) },
  },
  {
    name: 'the-same-host-again',
    mistake: 'A redirect within the host is not looked up again, and its connection not pinned.',
    caughtBy: ['out-redirect-rebinding'],
    controls: {
      async fetchFeed(text, means) {
        const hosts = new Set<string>();
        const choose: Parts['choose'] = async (url, hop) => {
          if (hosts.has(url.hostname)) return undefined;
          hosts.add(url.hostname);
          return right.choose(url, hop, means);
        };
        return fetchFeedWith({ choose })(text, means);
      },
    },
  },
  {
    name: 'names-below-its-own',
    mistake: 'Names below that of the first host are its own, and so are not judged.',
    caughtBy: ['out-redirect-inside'],
    controls: {
      async fetchFeed(text, means) {
        const { hostname } = means.parseFeedUrl(text);
        const choose: Parts['choose'] = async (url, hop) =>
          url.hostname.endsWith(`.${hostname}`) ? undefined : right.choose(url, hop, means);
        return fetchFeedWith({ choose })(text, means);
      },
    },
  },
  {
    name: 'at-the-first-address',
    mistake: 'Each host is judged, and all connections go to the address of the first.',
    caughtBy: ['follows-honest-redirects'],
    controls: {
      async fetchFeed(text, means) {
        const state: { first?: string | undefined } = {};
        const choose: Parts['choose'] = async (url, hop) => {
          const address = await right.choose(url, hop, means);
          state.first ??= address;
          return state.first;
        };
        return fetchFeedWith({ choose })(text, means);
      },
    },
  },
  {
    name: 'a-location-that-is-none',
    mistake: 'A `Location` that is no URL makes the parser throw where nobody catches.',
    caughtBy: ['says-that-there-is-none'],
    controls: {
      async fetchFeed(text, means) {
        const state: { error?: unknown } = {};
        const resolve: Parts['resolve'] = (location, here) => {
          try {
            return right.resolve(location, here);
          } catch (error) {
            state.error = error;
            throw error;
          }
        };
        return fetchFeedWith({ resolve, instead: () => state.error ?? refused() })(text, means);
      },
    },
  },
  {
    name: 'type-that-begins-with-json',
    mistake: 'The beginning of the type is compared, so that application/json-seq is a feed.',
    caughtBy: ['out-not-a-feed'],
    controls: {
      fetchFeed: fetchFeedWith({
        isFeed: (response) =>
          response.status === 200 &&
          (isJson(response) ||
            /^application\/json/i.test(response.headers.get('content-type') ?? '')),
      }),
    },
  },
  {
    name: 'json-of-any-kind',
    mistake: 'Whatever ends in +json is a feed, models and pictures included.',
    caughtBy: ['out-not-a-feed'],
    controls: {
      fetchFeed: fetchFeedWith({
        isFeed: (response) =>
          response.status === 200 &&
          (isJson(response) ||
            /^[\w.-]+\/[\w.-]+\+json *(?:;|$)/i.test(response.headers.get('content-type') ?? '')),
      }),
    },
  },
  {
    name: 'json-without-a-name',
    mistake: 'text/json is taken for a type of JSON, because some hosts say so.',
    caughtBy: ['out-not-a-feed'],
    controls: {
      fetchFeed: fetchFeedWith({
        isFeed: (response) =>
          response.status === 200 &&
          (isJson(response) || /^text\/json/i.test(response.headers.get('content-type') ?? '')),
      }),
    },
  },
  {
    name: 'one-of-several-types',
    mistake: 'Of several types, separated by commas, one of JSON is enough.',
    caughtBy: ['out-not-a-feed'],
    controls: {
      fetchFeed: fetchFeedWith({
        isFeed: ({ status, headers }) =>
          status === 200 &&
          (headers.get('content-type') ?? '')
            .split(',')
            .some((type) => /^ *application\/([\w.-]+\+)?json *(;|$)/i.test(type)),
      }),
    },
  },
  {
    name: 'no-marks-in-types',
    mistake: 'Types of JSON have letters and digits before the plus sign, and no dots or hyphens.',
    caughtBy: ['imports-honest-feeds'],
    controls: {
      fetchFeed: fetchFeedWith({
        isFeed: ({ status, headers }) =>
          status === 200 &&
          /^application\/(?:\w+\+)?json *(;|$)/i.test(headers.get('content-type') ?? ''),
      }),
    },
  },
  {
    name: 'counts-letters',
    mistake: 'The letters of the text are counted, each of which may have three bytes.',
    caughtBy: ['out-too-long'],
    controls: {
      fetchFeed: fetchFeedWith({
        async read(response) {
          const decoder = new TextDecoder();
          let text = '';
          for await (const chunk of response.body ?? []) {
            text += decoder.decode(chunk, { stream: true });
            if (text.length > 64 * 1024) throw refused();
          }
          return text + decoder.decode();
        },
      }),
    },
  },
  {
    name: 'one-piece-more',
    mistake: 'The bytes are compared before the next piece is added to them.',
    caughtBy: ['out-too-long'],
    controls: {
      fetchFeed: fetchFeedWith({
        async read(response) {
          const chunks: Uint8Array[] = [];
          let bytes = 0;
          for await (const chunk of response.body ?? []) {
            if (bytes > 64 * 1024) throw refused();
            bytes += chunk.length;
            chunks.push(chunk);
          }
          return Buffer.concat(chunks).toString();
        },
      }),
    },
  },
  {
    name: 'sixty-four-thousand',
    mistake: 'A KiB is taken for a thousand bytes.',
    caughtBy: ['reads-whole-feeds'],
    controls: { fetchFeed: fetchFeedWith({ read: (response) => readBounded(response, 64_000) }) },
  },
  {
    name: 'each-piece-alone',
    mistake: 'Each piece is decoded alone, so that a letter on a border becomes two other ones.',
    caughtBy: ['reads-whole-feeds'],
    controls: {
      fetchFeed: fetchFeedWith({
        async read(response) {
          let text = '';
          let bytes = 0;
          for await (const chunk of response.body ?? []) {
            bytes += chunk.length;
            if (bytes > 64 * 1024) throw refused();
            text += new TextDecoder().decode(chunk);
          }
          return text;
        },
      }),
    },
  },
  {
    name: 'answers-and-goes-on',
    mistake: 'After ten seconds the caller is answered, and the connection is kept.',
    caughtBy: ['out-slow-answer'],
    controls: {
      async fetchFeed(text, means) {
        const tooLate = new Promise<never>((_resolve, reject) => {
          setTimeout(() => reject(refused()), 10_000);
        });
        return Promise.race([fetchFeedWith({ signal: () => undefined })(text, means), tooLate]);
      },
    },
  },
  {
    name: 'twice-as-long',
    mistake: 'There are twenty seconds instead of ten.',
    caughtBy: ['out-slow-answer'],
    controls: { fetchFeed: fetchFeedWith({ signal: () => AbortSignal.timeout(20_000) }) },
  },
  {
    name: 'half-the-time',
    mistake: 'There are five seconds instead of ten, which a small station needs.',
    caughtBy: ['waits-for-slow-feeds'],
    controls: { fetchFeed: fetchFeedWith({ signal: () => AbortSignal.timeout(5_000) }) },
  },
  {
    name: 'too-slow-is-a-fault',
    mistake: 'That time is over is thrown as it is, and the server says that it is out of order.',
    caughtBy: ['out-slow-answer'],
    controls: {
      fetchFeed: fetchFeedWith({
        instead: (error) => (error instanceof DOMException ? error : refused()),
      }),
    },
  },
  {
    name: 'one-import-for-all',
    mistake: 'How many hops an import has made is kept for all imports together.',
    caughtBy: ['imports-at-the-same-time'],
    controls: {
      fetchFeed: (() => {
        const state = { under: 0, hops: 0 };
        return async (text: string, means: FeedMeans) => {
          if (state.under === 0) state.hops = 0;
          state.under++;
          const resolve: Parts['resolve'] = (location, here) => {
            state.hops++;
            if (state.hops > right.most) throw refused();
            return right.resolve(location, here);
          };
          try {
            return await fetchFeedWith({ resolve })(text, means);
          } finally {
            state.under--;
          }
        };
      })(),
    },
  },
  {
    name: 'tells-the-status',
    mistake: 'The status is told, because it is only a number.',
    caughtBy: ['out-telling-errors'],
    controls: {
      fetchFeed: fetchFeedWith({
        async complain(response) {
          await response.body?.cancel();
          return new InvalidInputError(`There is no feed to be had (${response.status}).`);
        },
        instead: (error) => (error instanceof InvalidInputError ? error : refused()),
      }),
    },
  },
  {
    name: 'tells-the-type',
    mistake: 'The caller is told which type was found instead of JSON.',
    caughtBy: ['out-quoting-errors'],
    controls: {
      fetchFeed: fetchFeedWith({
        async complain(response) {
          await response.body?.cancel();
          const type = response.headers.get('content-type') ?? 'nothing';
          return isJson(response)
            ? refused()
            : new InvalidInputError(`This is ${type}, and no JSON.`);
        },
        instead: (error) => (error instanceof InvalidInputError ? error : refused()),
      }),
    },
  },
  {
    name: 'tells-where-it-moved-to',
    mistake: 'The error names the address at which there was no feed, which a redirect has named.',
    caughtBy: ['out-quoting-errors'],
    controls: {
      async fetchFeed(text, means) {
        const state = { last: text };
        const parse: Parts['parse'] = (one, hop) => {
          state.last = one;
          return right.parse(one, hop, means);
        };
        const instead = (): Error => new InvalidInputError(`There is no feed at ${state.last}.`);
        return fetchFeedWith({ parse, instead })(text, means);
      },
    },
  },
  {
    name: 'tells-that-it-is-too-long',
    mistake: 'What is too long has an error of its own.',
    caughtBy: ['out-telling-errors'],
    controls: {
      fetchFeed: fetchFeedWith({
        async read(response) {
          try {
            return await readBounded(response);
          } catch {
            throw new InvalidInputError('The feed is too long.');
          }
        },
        instead: (error) => (error instanceof InvalidInputError ? error : refused()),
      }),
    },
  },
];
