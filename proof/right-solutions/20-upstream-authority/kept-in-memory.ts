import type { CreateTokenKeeper } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Tokens are not stored at all: they are in this process’s memory, under their users, and end with it.';

export const createTokenKeeper: CreateTokenKeeper = () => {
  const users = new Map<string, Map<string, string>>();
  return {
    keep({ issuer, subject }, token) {
      const ofIssuer = users.get(issuer) ?? new Map<string, string>();
      users.set(issuer, ofIssuer.set(subject, token));
    },
    find: async ({ issuer, subject }) => users.get(issuer)?.get(subject),
  };
};
