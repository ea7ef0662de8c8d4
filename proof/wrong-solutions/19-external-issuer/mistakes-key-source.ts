import type { JSONWebKeySet } from 'jose';
import type {
  CreateKeySource,
  DiscoveredIssuer,
  KeySourceMeans,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const MINUTE_MS = 60_000;

/** What a key source remembers. */
interface Known {
  keys: JSONWebKeySet['keys'];
  /** When they were last had. */
  since: number;
  asked: number;
  failed: boolean;
}

/** The parts of a right solution, each of which a mistake may replace. */
interface Parts {
  freshMs: number;
  lastMs: number;
  pauseMs: number;
  /** Whether a token whose key is not there is worth a question. */
  asksForUnknown: (keyId: string) => boolean;
  /** Is told of a key that is not there after all. */
  noteUnknown: (keyId: string) => void;
  /** Takes the time of a question. */
  stampsBefore: boolean;
  /** Begins the pause anew with each token that would like a question. */
  slidingPause: boolean;
  sharesQuestion: boolean;
  waits: boolean;
  read: (document: unknown) => JSONWebKeySet['keys'];
  merge: (before: JSONWebKeySet['keys'], now: JSONWebKeySet['keys']) => JSONWebKeySet['keys'];
  afterFailure: (known: Known) => void;
  cannotTell: () => Error;
  /** Whether an unknown key in an outage is something that cannot be said. */
  unknownInOutage: boolean;
}

const right: Parts = {
  freshMs: 10 * MINUTE_MS,
  lastMs: 60 * MINUTE_MS,
  pauseMs: 30_000,
  asksForUnknown: () => true,
  noteUnknown: () => undefined,
  stampsBefore: true,
  slidingPause: false,
  sharesQuestion: true,
  waits: true,
  read(document) {
    const { keys } = document as { keys?: unknown };
    if (!Array.isArray(keys)) throw new TypeError('no key set');
    return keys as JSONWebKeySet['keys'];
  },
  merge: (_before, now) => now,
  afterFailure: () => undefined,
  cannotTell: () => new UnavailableError('No keys.'),
  unknownInOutage: true,
};

const keySourceWith =
  (change: () => Partial<Parts>): CreateKeySource =>
  (means) => {
    const parts = { ...right, ...change() };
    const known: Known = { keys: [], since: -Infinity, asked: -Infinity, failed: false };
    let pending: Promise<void> | undefined;
    const ask = async (): Promise<void> => {
      const at = Date.now();
      if (parts.stampsBefore) known.asked = at;
      try {
        known.keys = parts.merge(known.keys, parts.read(await fetchKeys(means)));
        known.since = at;
        known.failed = false;
      } catch {
        known.failed = true;
        parts.afterFailure(known);
      }
      if (!parts.stampsBefore) known.asked = Date.now();
    };
    const has = (keyId: string | undefined): boolean =>
      keyId === undefined || known.keys.some(({ kid }) => kid === keyId);
    return {
      async keysFor(keyId) {
        const isStale = Date.now() - known.since >= parts.freshMs;
        if (isStale || (!has(keyId) && parts.asksForUnknown(String(keyId)))) {
          const mayAsk = Date.now() - known.asked >= parts.pauseMs;
          if (parts.slidingPause && !mayAsk) known.asked = Date.now();
          if (mayAsk && !parts.sharesQuestion) await ask();
          else if (mayAsk) {
            pending ??= ask().finally(() => (pending = undefined));
            await pending;
          } else if (parts.waits) await pending;
        }
        const isOver = Date.now() - known.since >= parts.lastMs;
        if (isOver || (parts.unknownInOutage && known.failed && !has(keyId))) {
          throw parts.cannotTell();
        }
        if (!has(keyId)) parts.noteUnknown(String(keyId));
        return { keys: known.keys };
      },
    };
  };

async function fetchKeys({ discover, fetchDocument }: KeySourceMeans): Promise<unknown> {
  return fetchDocument((await discover()).jwksUri);
}

const wrong = (
  name: string,
  mistake: string,
  caughtBy: string[],
  changed: Partial<Parts> | (() => Partial<Parts>),
): Mistake => ({
  name,
  mistake,
  caughtBy,
  controls: {
    createKeySource: keySourceWith(typeof changed === 'function' ? changed : () => changed),
  },
});

export const mistakes: Mistake[] = [
  wrong(
    'no-pause-after-a-failure',
    'A question that has failed is asked again with the next token, so that a flood meets a provider in trouble.',
    ['iss-flood-of-key-ids'],
    { afterFailure: (known) => void (known.asked = -Infinity) },
  ),
  wrong(
    'no-keys-are-no-key-set',
    'An empty key set is taken for an outage, so that keys go on when all were withdrawn.',
    ['iss-withdrawn-key'],
    {
      read(document) {
        const keys = right.read(document);
        if (keys.length === 0) throw new TypeError('no keys');
        return keys;
      },
    },
  ),
  wrong(
    'one-key-per-id',
    'Keys are kept by their id, so that of two with one id and different types the first is lost.',
    ['reads-large-key-sets'],
    {
      read: (document) => [...new Map(right.read(document).map((key) => [key.kid, key])).values()],
    },
  ),
  {
    name: 'keys-stay-where-they-were',
    mistake: 'The metadata are looked at once, and never again when the keys have moved.',
    caughtBy: ['heals-after-rotation'],
    controls: {
      createKeySource(means) {
        let found: DiscoveredIssuer | undefined;
        const discover = async (): Promise<DiscoveredIssuer> => (found ??= await means.discover());
        return keySourceWith(() => ({}))({ ...means, discover });
      },
    },
  },
  wrong(
    'asks-for-every-unknown-key',
    'The provider is asked for each key id that is not known, however many of them come.',
    ['iss-flood-of-key-ids'],
    { pauseMs: 0 },
  ),
  wrong(
    'notes-the-question-when-it-is-answered',
    'The time of a question is noted when the answer is there, so that all who come meanwhile ask as well.',
    ['iss-flood-of-key-ids'],
    { stampsBefore: false, sharesQuestion: false },
  ),
  wrong(
    'keys-of-an-hour',
    'Keys are kept for an hour, so that a withdrawn one is good for as long.',
    ['iss-withdrawn-key'],
    { freshMs: 59 * MINUTE_MS },
  ),
  wrong(
    'adds-new-keys-to-old-ones',
    'The keys of an answer are added to those that are known, and none is ever taken away.',
    ['iss-withdrawn-key'],
    {
      merge: (before, now) => [
        ...before.filter(({ kid }) => !now.some((key) => key.kid === kid)),
        ...now,
      ],
    },
  ),
  wrong(
    'outage-without-end',
    'While the provider cannot be asked, the keys that are known are good without end.',
    ['iss-endless-outage', 'says-that-it-cannot-tell'],
    { lastMs: 20_000 * MINUTE_MS },
  ),
  wrong(
    'a-failure-counts-as-an-answer',
    'A question that has failed makes the keys new again, so that they never come to their end.',
    ['iss-endless-outage'],
    {
      afterFailure(known) {
        if (Date.now() - known.since < 60 * MINUTE_MS) known.since = Date.now();
      },
    },
  ),
  wrong(
    'a-day-of-outage',
    'The keys that are known serve for a day without the provider.',
    ['iss-endless-outage', 'says-that-it-cannot-tell'],
    { lastMs: 23 * 60 * MINUTE_MS },
  ),
  wrong(
    'asks-once-for-each-key-id',
    'A key id that was not in the set once is never asked for again, so that one that came too early is lost until the set is old.',
    ['heals-after-rotation'],
    () => {
      const unknown = new Set<string>();
      return {
        asksForUnknown: (keyId) => !unknown.has(keyId),
        noteUnknown: (keyId) => void unknown.add(keyId),
      };
    },
  ),
  wrong(
    'waits-for-the-set-to-grow-old',
    'A key that is not known is looked for only when the set is ten minutes old.',
    [
      'heals-after-rotation',
      'waits-for-one-answer',
      'heals-in-a-flood',
      'says-that-it-cannot-tell',
    ],
    { asksForUnknown: () => false },
  ),
  wrong(
    'a-pause-of-ten-minutes',
    'Between two questions lie ten minutes, in which a new key does not work.',
    [
      'heals-after-rotation',
      'waits-for-one-answer',
      'heals-in-a-flood',
      'serves-through-an-outage',
      'says-that-it-cannot-tell',
    ],
    { pauseMs: 10 * MINUTE_MS },
  ),
  wrong(
    'the-others-do-not-wait',
    'While a question is under way, the tokens that come in are judged by the old set.',
    ['waits-for-one-answer'],
    { waits: false },
  ),
  wrong(
    'the-pause-begins-anew',
    'The pause begins anew with each token of an unknown key, so that a flood keeps a new key out.',
    ['heals-in-a-flood'],
    { slidingPause: true },
  ),
  wrong(
    'no-keys-without-the-provider',
    'Keys that are ten minutes old are not used, whether the provider can be asked or not.',
    ['serves-through-an-outage'],
    { lastMs: 10 * MINUTE_MS },
  ),
  wrong(
    'an-error-page-without-keys',
    'A document without keys is taken for the news that all keys were withdrawn.',
    ['serves-through-an-outage', 'says-that-it-cannot-tell'],
    { read: (document) => (document as { keys?: JSONWebKeySet['keys'] }).keys ?? [] },
  ),
  wrong(
    'a-token-is-to-blame',
    'Where nobody can say whether a key is good, the token is refused as a bad one.',
    ['says-that-it-cannot-tell'],
    { cannotTell: () => new InvalidTokenError('No key fits.') },
  ),
  wrong(
    'any-error',
    'Where nobody can say whether a key is good, an error is thrown that nobody knows.',
    ['says-that-it-cannot-tell'],
    { cannotTell: () => new Error('fetch failed') },
  ),
  wrong(
    'unknown-in-an-outage',
    'A key that is not known is refused, though it may be new and the provider cannot be asked.',
    ['says-that-it-cannot-tell'],
    { unknownInOutage: false },
  ),
  wrong(
    'only-keys-that-it-knows',
    'A key set is refused for one key of a type that the server does not know.',
    ['reads-large-key-sets'],
    {
      read(document) {
        const keys = right.read(document);
        if (!keys.every(({ kty }) => ['EC', 'RSA', 'OKP'].includes(String(kty)))) {
          throw new TypeError('an unknown type of key');
        }
        return keys;
      },
    },
  ),
];
