import type { JSONWebKeySet } from 'jose';
import type { CreateKeySource } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'One set is changed in place for as long as the server runs, and is emptied when it is too old.';

const KEEP_MS = 55 * 60_000;

export const createKeySource: CreateKeySource = ({ discover, fetchDocument }) => {
  const set: JSONWebKeySet = { keys: [] };
  const state = { had: 0, asked: 0, lastFailed: false };
  let running: Promise<void> | null = null;

  async function update(): Promise<void> {
    state.asked = Date.now();
    try {
      const { jwksUri } = await discover();
      const document = (await fetchDocument(jwksUri)) as Partial<JSONWebKeySet> | null;
      if (!Array.isArray(document?.keys)) throw new Error('not a key set');
      set.keys.splice(0, set.keys.length, ...document.keys);
      state.had = Date.now();
      state.lastFailed = false;
    } catch {
      state.lastFailed = true;
    } finally {
      running = null;
    }
  }

  return {
    async keysFor(keyId) {
      const age = Date.now() - state.had;
      const lacks = (): boolean => !set.keys.some((key) => !keyId || key.kid === keyId);
      if (age > 8 * 60_000 || lacks()) {
        if (!running && Date.now() - state.asked >= 30_000) running = update();
        if (running) await running;
      }
      if (Date.now() - state.had > KEEP_MS) {
        set.keys.length = 0;
        throw new UnavailableError('The provider has been away too long.');
      }
      if (lacks() && state.lastFailed) throw new UnavailableError('Nobody to ask.');
      return set;
    },
  };
};
