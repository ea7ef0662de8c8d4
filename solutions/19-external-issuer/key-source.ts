import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { CreateKeySource, KeySourceMeans } from '../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../exercises/weather-server/errors.ts';

/** So long may a key that was withdrawn go on. */
const FRESH_MS = 10 * 60_000;
/** So long do keys serve that nobody can ask about. */
const LAST_MS = 60 * 60_000;
/** Between two questions, whoever wants to know. */
const PAUSE_MS = 30_000;

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * Keeps the keys of a provider, and asks for them again
 * - when they are ten minutes old, so that a withdrawn key dies;
 * - when a token names a key that is not among them, so that a new key works at once.
 *
 * It never asks more than once in thirty seconds, and whoever comes while it asks waits for the same
 * answer: anybody can write a key id into a token. The pause begins with a question, and not with
 * each token that would like one; otherwise a stranger could keep a new key out for ever.
 *
 * When the provider cannot be asked, the keys that are known go on for an hour. After that, and for a
 * key that might be a new one, nobody knows: that is 503. It is not 401, which would have clients
 * throw good tokens away and send their users to a provider that is down, and never a pass.
 *
 * The tempting shortcut is to fetch the keys when the server starts. Providers change them within
 * hours.
 */
export const createKeySource: CreateKeySource = (means) => {
  let known: { keySet: JSONWebKeySet; since: number } | undefined;
  let asked: { at: number; failed: boolean } | undefined;
  let pending: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const question = { at: Date.now(), failed: false };
    asked = question;
    try {
      known = { keySet: await fetchKeys(means), since: question.at };
    } catch {
      question.failed = true;
    }
  }

  const isKnown = (keyId: string | undefined): boolean =>
    keyId === undefined || known?.keySet.keys.some(({ kid }) => kid === keyId) === true;

  return {
    async keysFor(keyId) {
      const isFresh = known !== undefined && Date.now() - known.since < FRESH_MS;
      if (!isFresh || !isKnown(keyId)) {
        const mayAsk = asked === undefined || Date.now() - asked.at >= PAUSE_MS;
        if (mayAsk) pending ??= ask().finally(() => (pending = undefined));
        await pending;
      }
      const hasLasted = known === undefined || Date.now() - known.since >= LAST_MS;
      if (known === undefined || hasLasted || (!isKnown(keyId) && asked?.failed === true)) {
        throw new UnavailableError('The keys of the provider cannot be had now.');
      }
      return known.keySet;
    },
  };
};

async function fetchKeys({ discover, fetchDocument }: KeySourceMeans): Promise<JSONWebKeySet> {
  const { jwksUri } = await discover();
  // An error page may have status 200. It says nothing about keys.
  return keySetSchema.parse(await fetchDocument(jwksUri));
}
