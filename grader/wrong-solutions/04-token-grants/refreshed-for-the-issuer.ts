import type { CreateGrantStore } from '../../../exercises/weather-server/controls.ts';
import { createGrantStore as rightly } from '../../../solutions/04-token-grants/grant-store.ts';

export const mistake =
  'A refreshed token is for the resource that the refresh names, and a client need not name it again: the next token is for nobody here.';
export const caughtBy = ['client-stays-signed-in'];

export const createGrantStore: CreateGrantStore = (config) => {
  const store = rightly(config);
  return {
    ...store,
    async rotateRefreshToken(token, request) {
      const { grant, refreshToken } = await store.rotateRefreshToken(token, request);
      return { grant: { ...grant, resource: request.resource ?? config.issuer }, refreshToken };
    },
  };
};
