import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { createGrantStore as rightly } from '../../../solutions/04-token-grants/grant-store.ts';

export const mistake =
  'A code is read, awaited and then deleted: requests that arrive meanwhile all find it there.';
export const caughtBy = ['code-replay'];

const CODE_LIVES_MS = 60_000;

/** Stands for a cache in another process. */
function openCache<T>() {
  const entries = new Map<string, T>();
  return {
    put: (key: string, value: T) => void entries.set(key, value),
    async read(key: string): Promise<T | undefined> {
      const found = entries.get(key);
      await pause(25);
      return found;
    },
    remove: (key: string) => void entries.delete(key),
  };
}

export const createGrantStore: CreateGrantStore = (config) => {
  const codes = openCache<{ grant: Grant; expiresAt: number }>();
  return {
    ...rightly(config),
    issueCode(grant) {
      const code = randomBytes(32).toString('base64url');
      codes.put(code, { grant, expiresAt: Date.now() + CODE_LIVES_MS });
      return code;
    },
    async redeemCode(code, { clientId, redirectUri, resource }) {
      const found = await codes.read(code);
      const isFine =
        found &&
        found.expiresAt > Date.now() &&
        clientId === found.grant.clientId &&
        (redirectUri ?? found.grant.redirectUri) === found.grant.redirectUri &&
        (resource ?? found.grant.resource) === found.grant.resource;
      if (!isFine) throw new OAuthError('invalid_grant', 'This code is not valid.');
      codes.remove(code);
      return found.grant;
    },
  };
};
