import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type {
  AuthorizationRequest,
  CreateConsentGuard,
  MatchRedirectUri,
  VerifyCodeChallenge,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { validateAuthorizationRequest as validate } from '../../../solutions/03-pkce/authorization-request.ts';
import { createConsentGuard as rightly } from '../../../solutions/03-pkce/redirect-and-consent.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'any-https-redirect',
    mistake:
      'The redirect URI is checked as at registration, for its scheme and host, and not against what this client registered.',
    caughtBy: ['redirect-mismatch', 'redirect-open-redirector'],
    controls() {
      const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

      const matchRedirectUri: MatchRedirectUri = (requested, { redirect_uris: registered }) => {
        if (requested === undefined && registered.length === 1) return registered[0]!;
        if (requested !== undefined && URL.canParse(requested)) {
          const { protocol, hostname, username, hash } = new URL(requested);
          const isSafe =
            protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
          if (isSafe && !username && !hash) return requested;
        }
        throw new OAuthError(
          'invalid_request',
          'The redirect URI is not one this client registered.',
        );
      };

      return { matchRedirectUri };
    },
  },
  {
    name: 'challenge-as-verifier',
    mistake:
      'Besides the digest of the verifier, the verifier itself may equal the challenge, for clients that send the wrong one; the attacker sends that one, too.',
    caughtBy: ['pkce-wrong-verifier'],
    controls() {
      const isEqual = (one: string, other: string): boolean =>
        one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

      const verifyCodeChallenge: VerifyCodeChallenge = (verifier, challenge, method) => {
        if (!challenge || method !== 'S256') return false;
        if (!verifier || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
        const digest = createHash('sha256').update(verifier).digest('base64url');
        return isEqual(digest, challenge) || isEqual(verifier, challenge);
      };

      return { verifyCodeChallenge };
    },
  },
  {
    name: 'challenge-if-you-like',
    mistake:
      'PKCE is checked when a client uses it and skipped when it does not, so an attacker simply leaves it out.',
    caughtBy: ['pkce-missing'],
    controls: {
      validateAuthorizationRequest: (parameters, redirectUri, { scopesSupported, resource }) => {
        if (parameters.get('response_type') !== 'code') {
          throw new OAuthError('unsupported_response_type', 'Use response_type=code.');
        }
        const codeChallenge = parameters.get('code_challenge') || undefined;
        const codeChallengeMethod = parameters.get('code_challenge_method') ?? undefined;
        if (codeChallenge && codeChallengeMethod !== 'S256') {
          throw new OAuthError('invalid_request', 'Use code_challenge_method=S256.');
        }
        if ((parameters.get('resource') ?? resource) !== resource) {
          throw new OAuthError('invalid_target', 'There is no such resource here.');
        }
        const scopes = (parameters.get('scope') ?? 'weather:read').split(' ').filter(Boolean);
        if (!scopes.every((scope) => scopesSupported.includes(scope))) {
          throw new OAuthError('invalid_scope', 'There is no such scope here.');
        }
        const state = parameters.get('state') ?? undefined;
        return { redirectUri, scopes, state, resource, codeChallenge, codeChallengeMethod };
      },
      verifyCodeChallenge: (verifier, challenge) => {
        if (!challenge) return true;
        if (!verifier || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
        return createHash('sha256').update(verifier).digest('base64url') === challenge;
      },
    },
  },
  {
    name: 'consent-for-all-clients',
    mistake:
      'Who has agreed once is not asked again in this browser, whichever client is asking now.',
    caughtBy: ['consent-bypass'],
    controls() {
      const cookieOf = (header = '', name: string): string | undefined =>
        new RegExp(`(?:^|; *)${name}=([\\w-]+)`).exec(header)?.[1];

      const createConsentGuard: CreateConsentGuard = () => {
        const sessions = new Map<string, string>();
        return {
          agreedBefore: (request) => sessions.get(cookieOf(request.get('cookie'), 'session') ?? ''),
          openForm(_request, _client, setHeader) {
            const token = randomBytes(16).toString('hex');
            setHeader('set-cookie', `csrf=${token}; Path=/authorize; HttpOnly; SameSite=Strict`);
            setHeader('x-frame-options', 'DENY');
            return token;
          },
          checkForm(request, _client, field) {
            if (!field || field !== cookieOf(request.get('cookie'), 'csrf')) {
              throw new OAuthError('access_denied', 'This decision was not made on our page.');
            }
          },
          remember(user, _client, _asked, setHeader) {
            const session = randomBytes(16).toString('hex');
            sessions.set(session, user);
            setHeader('set-cookie', `session=${session}; Path=/authorize; HttpOnly; SameSite=Lax`);
          },
        };
      };

      return { createConsentGuard };
    },
  },
  {
    name: 'consent-without-a-browser',
    mistake:
      'Consent is remembered with the client and not in the browser: whoever opens the link next is taken for the user who agreed.',
    caughtBy: ['asks-in-every-browser'],
    controls: {
      createConsentGuard: (config) => {
        const agreed = new Map<string, string>();
        const keyOf = (clientId: string, { scopes, redirectUri }: AuthorizationRequest): string =>
          JSON.stringify([clientId, scopes.toSorted(), redirectUri]);
        return {
          ...rightly(config),
          agreedBefore: (_request, { client_id }, asked) => agreed.get(keyOf(client_id, asked)),
          remember: (user, { client_id }, asked) => void agreed.set(keyOf(client_id, asked), user),
        };
      },
    },
  },
  {
    name: 'field-of-any-length',
    mistake:
      'Two values of different length make timingSafeEqual throw, and a wrong field becomes an error of the server.',
    caughtBy: ['consent-bypass'],
    controls: {
      createConsentGuard: () => ({
        agreedBefore: () => undefined,
        openForm(_request, _client, setHeader) {
          const field = randomBytes(16).toString('base64url');
          setHeader('set-cookie', `form=${field}; Path=/authorize; HttpOnly; SameSite=Strict`);
          setHeader('content-security-policy', "frame-ancestors 'none'");
          return field;
        },
        checkForm(request, _client, field) {
          const cookie = /(?:^|; *)form=([\w-]+)/.exec(request.get('cookie') ?? '')?.[1];
          if (!cookie || !field || !timingSafeEqual(Buffer.from(cookie), Buffer.from(field))) {
            throw new OAuthError('access_denied', 'This decision was not made on our page.');
          }
        },
        remember: () => undefined,
      }),
    },
  },
  {
    name: 'fields-without-cookie',
    mistake:
      'The hidden field has to be one this server made, but not one it made for this browser: the attacker opens the page and uses theirs.',
    caughtBy: ['consent-bypass'],
    controls: {
      createConsentGuard: () => {
        const issued = new Set<string>();
        return {
          agreedBefore: () => undefined,
          openForm(_request, _client, setHeader) {
            const token = randomBytes(32).toString('base64url');
            issued.add(token);
            setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
            return token;
          },
          checkForm(_request, _client, field) {
            // Each is good for one decision.
            if (!issued.delete(field ?? '')) {
              throw new OAuthError('access_denied', 'This decision was not made on our page.');
            }
          },
          remember: () => undefined,
        };
      },
    },
  },
  {
    name: 'issuer-with-slash',
    mistake:
      'The issuer is written as a URL would be, with a slash at its end, and no longer equals the one in the metadata.',
    caughtBy: ['state-iss'],
    controls: {
      buildAuthorizationResponse: (outcome, state, config) => {
        const answer: Record<string, string> = { ...outcome, iss: new URL(config.issuer).href };
        if (state !== undefined) answer.state = state;
        return answer;
      },
    },
  },
  {
    name: 'no-port-rule',
    mistake:
      'Every redirect URI has to be equal, the port of a loopback address included, which a native client learns only when it starts.',
    caughtBy: ['native-client-on-any-port'],
    controls: {
      matchRedirectUri: (requested, { redirect_uris: registered }) => {
        const [only] = registered;
        if (requested === undefined && registered.length === 1 && only !== undefined) return only;
        if (requested !== undefined && registered.includes(requested)) return requested;
        throw new OAuthError(
          'invalid_request',
          'The redirect URI is not one this client registered.',
        );
      },
    },
  },
  {
    name: 'plain-kept',
    mistake:
      'RFC 7636 knows the method plain, so it is supported as well: then the challenge, which everybody saw, is the verifier.',
    caughtBy: ['pkce-plain-downgrade'],
    controls: {
      validateAuthorizationRequest: (parameters, redirectUri, { scopesSupported, resource }) => {
        if (parameters.get('response_type') !== 'code') {
          throw new OAuthError('unsupported_response_type', 'Use response_type=code.');
        }
        const codeChallenge = parameters.get('code_challenge') ?? '';
        if (!/^[\w-]{43}$/.test(codeChallenge)) {
          throw new OAuthError('invalid_request', 'code_challenge is missing.');
        }
        const codeChallengeMethod = parameters.get('code_challenge_method') ?? 'plain';
        if (!['S256', 'plain'].includes(codeChallengeMethod)) {
          throw new OAuthError('invalid_request', 'Use code_challenge_method=S256 or plain.');
        }
        if ((parameters.get('resource') ?? resource) !== resource) {
          throw new OAuthError('invalid_target', 'There is no such resource here.');
        }
        const scopes = (parameters.get('scope') ?? 'weather:read').split(' ').filter(Boolean);
        if (!scopes.every((scope) => scopesSupported.includes(scope))) {
          throw new OAuthError('invalid_scope', 'There is no such scope here.');
        }
        const state = parameters.get('state') ?? undefined;
        return { redirectUri, scopes, state, resource, codeChallenge, codeChallengeMethod };
      },
      verifyCodeChallenge: (verifier, challenge, method) => {
        if (!verifier || !challenge || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
        if (method === 'plain') return verifier === challenge;
        return createHash('sha256').update(verifier).digest('base64url') === challenge;
      },
    },
  },
  {
    name: 'redirect-by-prefix',
    mistake:
      'A redirect URI that begins like a registered one is taken for it, though it may go on to another host, path or query.',
    caughtBy: ['redirect-mismatch'],
    controls() {
      /** Native clients choose their port when they start. */
      const withoutPort = (uri: string): string =>
        uri.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d+/, '$1');

      const matchRedirectUri: MatchRedirectUri = (requested, { redirect_uris: registered }) => {
        if (requested === undefined && registered.length === 1) return registered[0]!;
        const asked = withoutPort(requested ?? '');
        if (requested && registered.some((uri) => asked.startsWith(withoutPort(uri))))
          return requested;
        throw new OAuthError(
          'invalid_request',
          'The redirect URI is not one this client registered.',
        );
      };

      return { matchRedirectUri };
    },
  },
  {
    name: 'resource-insisted-on',
    mistake:
      'A request without resource is refused, though this server has only one, and clients that know nothing of RFC 8707 leave it out.',
    caughtBy: ['optional-parameters'],
    controls: {
      validateAuthorizationRequest: (parameters, redirectUri, config) => {
        if (!parameters.has('resource')) {
          throw new OAuthError('invalid_target', 'Say which resource the token is for.');
        }
        return validate(parameters, redirectUri, config);
      },
    },
  },
  {
    name: 'state-lost-in-errors',
    mistake:
      'An error goes back with its code alone; without state the client cannot tell whose answer it is, and drops it.',
    caughtBy: ['pkce-missing', 'pkce-plain-downgrade', 'state-iss', 'says-what-is-wrong'],
    controls: {
      buildAuthorizationResponse: (outcome, state, config) => {
        const { issuer: iss } = config;
        if ('error' in outcome) {
          const { error, error_description: description } = outcome;
          return {
            error,
            iss,
            ...(description === undefined ? {} : { error_description: description }),
          };
        }
        return state === undefined ? { ...outcome, iss } : { ...outcome, state, iss };
      },
    },
  },
  {
    name: 'urls-compared-parsed',
    mistake:
      'Both URIs are parsed before they are compared, so spellings count as equal that the client never registered.',
    caughtBy: ['redirect-mismatch', 'native-client-on-any-port'],
    controls() {
      const comparable = (uri: string): string => {
        const url = new URL(uri);
        if (url.protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(url.hostname))
          url.port = '';
        return url.href;
      };

      const matchRedirectUri: MatchRedirectUri = (requested, { redirect_uris: registered }) => {
        if (requested === undefined && registered.length === 1) return registered[0]!;
        if (requested !== undefined && URL.canParse(requested)) {
          const asked = comparable(requested);
          if (registered.some((uri) => comparable(uri) === asked)) return requested;
        }
        throw new OAuthError(
          'invalid_request',
          'The redirect URI is not one this client registered.',
        );
      };

      return { matchRedirectUri };
    },
  },
  {
    name: 'verifier-like-a-challenge',
    mistake:
      'A verifier is taken to look like a challenge, 43 letters of base64url; it may have up to 128, dots and tildes among them.',
    caughtBy: ['verifiers-of-any-length'],
    controls() {
      const BASE64URL_OF_32_BYTES = /^[A-Za-z0-9_-]{43}$/;

      const verifyCodeChallenge: VerifyCodeChallenge = (verifier = '', challenge = '', method) => {
        const areWellFormed = [verifier, challenge].every((text) =>
          BASE64URL_OF_32_BYTES.test(text),
        );
        if (!areWellFormed || method !== 'S256') return false;
        const digest = createHash('sha256').update(verifier).digest('base64url');
        return timingSafeEqual(Buffer.from(digest), Buffer.from(challenge));
      };

      return { verifyCodeChallenge };
    },
  },
  {
    name: 'verifier-of-any-length',
    mistake:
      'A verifier counts as soon as its digest fits, however short it is; a short one can be found by trying them all.',
    caughtBy: ['pkce-verifier-length'],
    controls: {
      verifyCodeChallenge: (verifier, challenge, method) => {
        if (!verifier || !challenge || method !== 'S256') return false;
        const digest = createHash('sha256').update(verifier).digest();
        const expected = Buffer.from(challenge, 'base64url');
        return digest.length === expected.length && timingSafeEqual(digest, expected);
      },
    },
  },
];
