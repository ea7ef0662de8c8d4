import type { JSONWebKeySet } from 'jose';
import type { CreateKeySource } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A key that is known is used at once while the set is asked for behind it; only unknown ones wait.';

export const createKeySource: CreateKeySource = ({ discover, fetchDocument }) => {
  let keySet: JSONWebKeySet = { keys: [] };
  let since = -Infinity;
  let asked = -Infinity;
  let lastWentWrong = true;
  let question: Promise<void> = Promise.resolve();

  const ask = (): void => {
    if (Date.now() - asked < 30_000) return;
    asked = Date.now();
    question = (async () => {
      try {
        const document = await fetchDocument((await discover()).jwksUri);
        const { keys } = document as JSONWebKeySet;
        if (!Array.isArray(keys)) throw new TypeError('No key set.');
        keySet = { keys };
        since = Date.now();
        lastWentWrong = false;
      } catch {
        lastWentWrong = true;
      }
    })();
  };

  return {
    async keysFor(keyId) {
      const isKnown = (): boolean =>
        keyId === undefined ? keySet.keys.length > 0 : keySet.keys.some(({ kid }) => kid === keyId);
      if (!isKnown() || Date.now() - since > 10 * 60_000) ask();
      const canServe = isKnown() && Date.now() - since < 60 * 60_000;
      if (canServe) return keySet;
      await question;
      if (Date.now() - since >= 60 * 60_000 || (!isKnown() && lastWentWrong)) {
        throw new UnavailableError('The provider does not answer.');
      }
      return keySet;
    },
  };
};
