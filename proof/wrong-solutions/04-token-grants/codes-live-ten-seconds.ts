import type { CreateGrantStore } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { createGrantStore as rightly } from '../../../solutions/04-token-grants/grant-store.ts';

export const mistake =
  'A code lives ten seconds, which is enough on the machine of its developer, and not for a phone on a train.';
export const caughtBy = ['time-enough'];

const CODE_LIVES_MS = 10_000;

export const createGrantStore: CreateGrantStore = (config) => {
  const store = rightly(config);
  const expiries = new Map<string, number>();
  return {
    ...store,
    issueCode(grant) {
      const code = store.issueCode(grant);
      expiries.set(code, Date.now() + CODE_LIVES_MS);
      return code;
    },
    redeemCode(code, request) {
      if ((expiries.get(code) ?? 0) <= Date.now()) {
        throw new OAuthError('invalid_grant', 'This code has expired.');
      }
      return store.redeemCode(code, request);
    },
  };
};
