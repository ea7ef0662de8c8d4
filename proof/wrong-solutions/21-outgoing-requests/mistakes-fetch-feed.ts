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
  statuses: number[];
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
  statuses: [301, 302, 303, 307, 308],
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
        if (parts.statuses.includes(response.status) && location !== null) {
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
    caughtBy: ['out-second-lookup'],
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
    caughtBy: ['follows-honest-redirects'],
    controls: { fetchFeed: fetchFeedWith({ most: 0 }) },
  },
  {
    name: 'whole-locations-only',
    mistake: '`Location` is read as a whole URL, and often is none.',
    caughtBy: ['follows-honest-redirects'],
    controls: { fetchFeed: fetchFeedWith({ resolve: (location) => new URL(location).href }) },
  },
  {
    name: 'two-kinds-of-redirect',
    mistake: 'Of the five kinds of redirect, 301 and 302 are known.',
    caughtBy: ['follows-honest-redirects'],
    controls: { fetchFeed: fetchFeedWith({ statuses: [301, 302] }) },
  },
  {
    name: 'reads-first',
    mistake: 'The body is read to its end, and measured then.',
    caughtBy: ['out-endless-body'],
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
    caughtBy: ['out-endless-body'],
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
    caughtBy: ['reads-whole-feeds'],
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
    caughtBy: ['waits-for-slow-feeds'],
    controls: { fetchFeed: fetchFeedWith({ signal: () => AbortSignal.timeout(1_000) }) },
  },
  {
    name: 'any-type',
    mistake: 'Whatever can be read as JSON is a feed, uploads of strangers included.',
    caughtBy: ['out-not-a-feed'],
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
    caughtBy: ['out-quoting-errors'],
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
];
