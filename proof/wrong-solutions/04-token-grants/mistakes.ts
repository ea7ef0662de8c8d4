import type {
  CreateGrantStore,
  DescribeAccessToken,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { createGrantStore as rightly } from '../../../solutions/04-token-grants/grant-store.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'client-under-another-name',
    mistake:
      'The client is named by azp, as in an ID token; a resource server that knows the profile of access tokens looks for client_id and refuses every token.',
    caughtBy: [
      'code-replay',
      'code-other-client',
      'grant-confusion',
      'resource-indicator',
      'refresh-reuse',
      'refresh-grace',
      'refresh-scope-up',
      'token-outlives-its-day',
      'client-stays-signed-in',
      'time-enough',
      'token-profile',
    ],
    controls: {
      describeAccessToken: (grant, config) => ({
        claims: {
          iss: config.issuer,
          sub: grant.subject,
          aud: grant.resource,
          azp: grant.clientId,
          scope: grant.scopes.join(' '),
        },
        lifetimeSeconds: 5 * 60,
      }),
    },
  },
  {
    name: 'codes-live-ten-seconds',
    mistake:
      'A code lives ten seconds, which is enough on the machine of its developer, and not for a phone on a train.',
    caughtBy: ['time-enough'],
    controls() {
      const CODE_LIVES_MS = 10_000;

      const createGrantStore: CreateGrantStore = (config) => {
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

      return { createGrantStore };
    },
  },
  {
    name: 'lifetime-in-milliseconds',
    mistake:
      'Five minutes are written in milliseconds where seconds are asked for: the token lives for three and a half days.',
    caughtBy: ['token-outlives-its-day'],
    controls() {
      const FIVE_MINUTES = 5 * 60 * 1000;

      const describeAccessToken: DescribeAccessToken = (grant, config) => ({
        claims: {
          iss: config.issuer,
          sub: grant.subject,
          aud: grant.resource,
          client_id: grant.clientId,
          scope: grant.scopes.join(' '),
        },
        lifetimeSeconds: FIVE_MINUTES,
      });

      return { describeAccessToken };
    },
  },
  {
    name: 'one-jti',
    mistake: "The jti is the client's id, so all its tokens have the same one.",
    caughtBy: ['token-profile'],
    controls: {
      describeAccessToken: (grant, config) => ({
        claims: {
          iss: config.issuer,
          sub: grant.subject,
          aud: grant.resource,
          client_id: grant.clientId,
          scope: grant.scopes.join(' '),
          jti: grant.clientId,
        },
        lifetimeSeconds: 300,
      }),
    },
  },
  {
    name: 'refreshed-for-the-issuer',
    mistake:
      'A refreshed token is for the resource that the refresh names, and a client need not name it again: the next token is for nobody here.',
    caughtBy: ['client-stays-signed-in'],
    controls: {
      createGrantStore: (config) => {
        const store = rightly(config);
        return {
          ...store,
          async rotateRefreshToken(token, request) {
            const { grant, refreshToken } = await store.rotateRefreshToken(token, request);
            return {
              grant: { ...grant, resource: request.resource ?? config.issuer },
              refreshToken,
            };
          },
        };
      },
    },
  },
];
