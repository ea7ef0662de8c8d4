import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';
import { createBearerAuth as rightly } from '../../../solutions/05-access-tokens/bearer-auth.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'case-sensitive-scheme',
    mistake:
      'Only “Bearer” with a capital B counts, though names of schemes are not case-sensitive: honest clients are refused.',
    caughtBy: ['accepts-scheme-in-any-case'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const header = request.get('authorization') ?? '';
          try {
            if (!header.startsWith('Bearer ')) throw new Error('no token');
            request.auth = await verifyAccessToken(header.slice('Bearer '.length));
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'challenge-without-directions',
    mistake:
      'The challenge is written by hand and names no resource_metadata: a client learns that it needs a token, and not where to get one.',
    caughtBy: [
      'tok-missing',
      'tok-malformed',
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-in-query',
      'session-id-as-auth',
      'tok-type-confusion',
    ],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken }) =>
        async (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', 'Bearer realm="weather", error="invalid_token"');
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'does-not-wait',
    mistake:
      'Nobody waits for the verification: the request has gone on before anybody knows whether the token is valid.',
    caughtBy: [
      'tok-malformed',
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-in-query',
      'accepts-own-tokens',
      'accepts-tokens-until-they-expire',
      'session-id-as-auth',
      'tok-type-confusion',
      'forgets-withdrawn-keys',
    ],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          if (!token) {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          // Begun while somebody else works, as it would be where a key has to be fetched.
          response.once('finish', () => void verifyAccessToken(token).catch(() => undefined));
          next();
        },
    },
  },
  {
    name: 'error-inside-a-result',
    mistake:
      'A missing token is answered with HTTP 200 and an error inside the result; no client starts to sign in because of that.',
    caughtBy: [
      'tok-missing',
      'tok-malformed',
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-in-query',
      'accepts-tokens-until-they-expire',
      'session-id-as-auth',
      'tok-type-confusion',
    ],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken }) =>
        async (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            const content = [{ type: 'text', text: 'Please sign in first.' }];
            const { id } = request.body as { id: unknown };
            response.json({ jsonrpc: '2.0', id, result: { isError: true, content } });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'forbidden-without-token',
    mistake:
      'A missing token is answered with 403, which tells a client never to try again instead of to sign in.',
    caughtBy: ['tok-missing', 'tok-malformed', 'tok-in-query', 'session-id-as-auth'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          if (!token) {
            response.status(403).json({ error: 'access_denied' });
            return;
          }
          try {
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'handshake-not-listed',
    mistake:
      'Only messages on a list are let through, those about tools, and the one with which every session begins is not on it.',
    caughtBy: ['serves-the-whole-protocol'],
    controls() {
      const LISTED = new Set<unknown>(['tools/list', 'tools/call']);

      const createBearerAuth: CreateBearerAuth = (context) => {
        const requireToken = rightly(context);
        return (request, response, next) =>
          requireToken(request, response, (error?: unknown) => {
            const { method } = (request.body ?? {}) as { method?: unknown };
            if (error !== undefined || request.method !== 'POST' || LISTED.has(method)) {
              return next(error);
            }
            response.status(400).json({ error: 'invalid_request' });
          });
      };

      return { createBearerAuth };
    },
  },
  {
    name: 'header-always-there',
    mistake:
      'The header is split before anybody asked whether it is there: a request without one becomes HTTP 500.',
    caughtBy: ['tok-missing', 'tok-in-query', 'session-id-as-auth'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const [scheme, token] = request.headers.authorization!.split(' ');
          try {
            if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'local-callers-need-no-token',
    mistake:
      'Requests from this machine pass without a token, to make development easy; behind a proxy every request comes from this machine.',
    caughtBy: ['tok-missing', 'tok-malformed', 'tok-in-query', 'session-id-as-auth'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge, config }) =>
        async (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (token) {
              request.auth = await verifyAccessToken(token);
            } else if (request.ip === '127.0.0.1') {
              const extra = { issuer: config.issuer, subject: 'developer' };
              request.auth = {
                token: '',
                clientId: 'local',
                scopes: config.scopesSupported,
                extra,
              };
            } else {
              throw new Error('no token');
            }
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'no-challenge',
    mistake:
      'The 401 comes without WWW-Authenticate, so a client is refused and not told how to do better.',
    caughtBy: [
      'tok-missing',
      'tok-malformed',
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-in-query',
      'session-id-as-auth',
      'tok-type-confusion',
    ],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken }) =>
        async (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'only-post',
    mistake:
      'Only POST is guarded, since only POST does anything today; authorization is for every request.',
    caughtBy: ['tok-missing'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          if (request.method !== 'POST') return next();
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'only-tool-calls',
    mistake:
      'Only tools/call is guarded; what the server offers, and to whom, is told to anybody who asks.',
    caughtBy: ['tok-missing'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const { method } = (request.body ?? {}) as { method?: unknown };
          if (request.method === 'POST' && method !== 'tools/call') return next();
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'open-handshake',
    mistake:
      'The first messages of a session are let through so that clients can get started; they start with the challenge, and it never comes.',
    caughtBy: ['tok-missing'],
    controls() {
      const PUBLIC_METHODS = ['initialize', 'notifications/initialized', 'ping'];

      const createBearerAuth: CreateBearerAuth =
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const { method } = (request.body ?? {}) as { method?: string };
          if (method !== undefined && PUBLIC_METHODS.includes(method)) return next();
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        };

      return { createBearerAuth };
    },
  },
  {
    name: 'redirect-to-sign-in',
    mistake:
      'Whoever has no token is redirected to the sign-in page, as on a website; an MCP client follows no redirect and waits for a challenge.',
    caughtBy: [
      'tok-missing',
      'tok-malformed',
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-in-query',
      'accepts-tokens-until-they-expire',
      'session-id-as-auth',
      'tok-type-confusion',
    ],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, config }) =>
        async (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.redirect(new URL('/authorize', config.issuer).href);
            return;
          }
          next();
        },
    },
  },
  {
    name: 'refusal-without-reason',
    mistake:
      'An expired token is refused in the same words as a missing one: without invalid_token a client cannot know that refreshing would help.',
    caughtBy: ['tok-expired'],
    controls: {
      createBearerAuth: (context) => async (request, response, next) => {
        const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
        try {
          if (!token) throw new Error('no token');
          request.auth = await context.verifyAccessToken(token);
        } catch {
          response.set('www-authenticate', context.challenge({}, request));
          response.status(401).json({ error: 'unauthorized' });
          return;
        }
        next();
      },
    },
  },
  {
    name: 'refuses-and-goes-on',
    mistake:
      'The refusal is sent, but without a return: the request goes on, and the tool runs for nobody to see.',
    caughtBy: [
      'tok-missing',
      'tok-malformed',
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-in-query',
      'session-id-as-auth',
      'tok-type-confusion',
    ],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
          }
          next();
        },
    },
  },
  {
    name: 'refuses-everybody',
    mistake: 'Every request is refused: nothing gets in, and nobody is served.',
    caughtBy: [
      'tok-missing',
      'tok-malformed',
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-in-query',
      'accepts-own-tokens',
      'accepts-audience-lists',
      'accepts-scheme-in-any-case',
      'accepts-tokens-without-scope',
      'accepts-tokens-until-they-expire',
      'serves-the-whole-protocol',
      'session-id-as-auth',
      'accepts-tokens-after-a-rotation',
      'tok-type-confusion',
    ],
    controls: {
      createBearerAuth:
        ({ challenge }) =>
        (request, response) => {
          response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
          response.status(401).json({ error: 'invalid_token' });
        },
    },
  },
  {
    name: 'sdk-with-unknown-error',
    mistake:
      'The SDK’s middleware answers 401 to its own InvalidTokenError only; any other error of the verifier becomes HTTP 500.',
    caughtBy: [
      'tok-malformed',
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-in-query',
      'accepts-tokens-until-they-expire',
      'session-id-as-auth',
      'tok-type-confusion',
    ],
    controls: {
      createBearerAuth: ({ verifyAccessToken, config }) =>
        requireBearerAuth({
          verifier: { verifyAccessToken },
          resourceMetadataUrl: new URL('/.well-known/oauth-protected-resource/mcp', config.resource)
            .href,
        }),
    },
  },
  {
    name: 'session-is-enough',
    mistake:
      'Who showed a token once is known by the session id from then on, and so is everybody else who knows that id.',
    caughtBy: ['session-id-as-auth'],
    controls: {
      createBearerAuth: ({ verifyAccessToken, challenge }) => {
        const sessions = new Map<string, AuthInfo>();
        return async (request, response, next) => {
          const session = request.get('mcp-session-id');
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            const known = session === undefined ? undefined : sessions.get(session);
            if (!known && !token) throw new Error('no token');
            request.auth = known ?? (await verifyAccessToken(token ?? ''));
            if (session !== undefined) sessions.set(session, request.auth);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        };
      },
    },
  },
  {
    name: 'token-from-the-query-by-another-name',
    mistake:
      'The token in the address is called token instead of access_token; it stands in the logs all the same.',
    caughtBy: ['tok-in-query'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const [, sent] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          const token = sent ?? request.query.token;
          try {
            if (typeof token !== 'string') throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'token-from-the-query',
    mistake:
      'A token in the address is accepted for clients that cannot set headers; it stays behind in every log on the way.',
    caughtBy: ['tok-in-query'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const [, sent] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          const token = sent ?? request.query.access_token;
          try {
            if (typeof token !== 'string') throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'user-from-a-header',
    mistake:
      'The token is verified, and then a header of the request says who is calling: anybody with a token is everybody.',
    caughtBy: ['accepts-own-tokens'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          try {
            if (!token) throw new Error('no token');
            const info = await verifyAccessToken(token);
            const subject = request.get('x-user-id') ?? info.extra?.subject;
            request.auth = { ...info, extra: { ...info.extra, subject } };
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'token-from-a-cookie',
    mistake:
      'A page may keep its token in a cookie, and a browser sends that along, whichever page asks.',
    caughtBy: ['tok-in-query'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const [, sent] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          const [, kept] = /(?:^|; *)access_token=([^;]+)/.exec(request.get('cookie') ?? '') ?? [];
          const token = sent ?? kept;
          try {
            if (typeof token !== 'string') throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
  {
    name: 'token-from-another-header',
    mistake:
      'A header of its own is accepted for clients behind a proxy that uses Authorization itself; whatever keeps tokens out of logs does not know it.',
    caughtBy: ['tok-in-query'],
    controls: {
      createBearerAuth:
        ({ verifyAccessToken, challenge }) =>
        async (request, response, next) => {
          const [, sent] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          const token = sent ?? request.get('x-access-token');
          try {
            if (typeof token !== 'string') throw new Error('no token');
            request.auth = await verifyAccessToken(token);
          } catch {
            response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
            response.status(401).json({ error: 'invalid_token' });
            return;
          }
          next();
        },
    },
  },
];
