import type { JSONWebKeySet } from 'jose';
import type { CreateKeySource } from '../weather-server/controls.ts';

// Today every unknown key id costs the provider a question, and a key that was known once is good for
// ever.

// TODO 19: Ask for the key set (`discover`, then `fetchDocument`) when there is none, when it is ten
// minutes old, and when a token names a key that is not in it: a new key has to work within a minute.
// But do not ask more often than once in thirty seconds, however many tokens come, and at once, and
// whether the provider answers or not. A key that is no longer in the set is no key, and a set may be
// empty; it may also hold several keys of one id, of different types. Keys may move to another place.
// When the provider cannot be asked (a throw, or a document that is no key set), known keys serve for
// an hour after they were last had. Whenever it cannot be said whether a key is good, throw
// `UnavailableError`: 503, never 401, and never a pass.
export const createKeySource: CreateKeySource = ({ discover, fetchDocument }) => {
  const known: JSONWebKeySet = { keys: [] };
  return {
    async keysFor(keyId) {
      if (!known.keys.some(({ kid }) => kid === keyId)) {
        const { jwksUri } = await discover();
        const { keys } = (await fetchDocument(jwksUri)) as JSONWebKeySet;
        known.keys.push(...keys);
      }
      return { keys: known.keys };
    },
  };
};
