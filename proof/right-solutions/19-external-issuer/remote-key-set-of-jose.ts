import { createRemoteJWKSet, customFetch, type JSONWebKeySet } from 'jose';
import type { CreateKeySource } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The remote key set of jose decides when to ask, and what it does not know is built around it.';

const HOUR_MS = 60 * 60_000;

export const createKeySource: CreateKeySource = ({ discover, fetchDocument }) => {
  let last: { keySet: JSONWebKeySet; since: number } | undefined;
  let hasFailed = false;
  const get = async (): Promise<Response> => {
    const document = await fetchDocument((await discover()).jwksUri);
    return Response.json(document);
  };
  // The URL is looked up anew at each question; jose wants one all the same.
  const remote = createRemoteJWKSet(new URL('https://provider.invalid/keys'), {
    cooldownDuration: 0,
    cacheMaxAge: 10 * 60_000,
    [customFetch]: get,
  });
  let asked = -Infinity;
  let pending: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    asked = Date.now();
    try {
      await remote.reload();
      const keySet = remote.jwks();
      if (keySet) last = { keySet, since: asked };
      hasFailed = false;
    } catch {
      hasFailed = true;
    }
  };
  return {
    async keysFor(keyId) {
      const has = () => keyId === undefined || last?.keySet.keys.some(({ kid }) => kid === keyId);
      if ((!remote.fresh || !has()) && Date.now() - asked >= 30_000) {
        pending ??= ask().finally(() => (pending = undefined));
      }
      await pending;
      const isOver = !last || Date.now() - last.since > HOUR_MS;
      if (!last || isOver || (hasFailed && !has())) {
        throw new UnavailableError('The keys cannot be had.');
      }
      return last.keySet;
    },
  };
};
