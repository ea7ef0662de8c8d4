import { type JsonWebKey, createPublicKey, webcrypto } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import {
  type CryptoKey,
  EmbeddedJWK,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  UnsecuredJWT,
  compactVerify,
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  importSPKI,
  jwtVerify,
} from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';
import { verifyAccessToken as rightly } from '../../../solutions/05-access-tokens/verify-access-token.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'algorithm-from-the-token',
    mistake:
      'The token says which algorithm to use: with HS256 the public key, which everybody has, becomes the shared secret.',
    caughtBy: ['tok-hs256-rs-key'],
    controls() {
      const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
        const { kid } = headerOf(token);
        const jwk = jwks.keys.find((one) => one.kid === kid) ?? jwks.keys[0];
        const key = { key: jwk as JsonWebKey, format: 'jwk' } as const;
        const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
        try {
          const { payload } = await jwtVerify(
            token,
            async ({ alg }) =>
              alg.startsWith('HS') ? new TextEncoder().encode(pem) : importSPKI(pem, alg),
            {
              typ: 'at+jwt',
              issuer: config.issuer,
              audience: config.resource,
              requiredClaims: ['exp', 'sub'],
            },
          );
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      };

      function headerOf(token: string): { kid?: unknown } {
        try {
          return decodeProtectedHeader(token);
        } catch {
          return {};
        }
      }

      return { verifyAccessToken };
    },
  },
  {
    name: 'any-audience',
    mistake:
      'The signature and the issuer are checked, but not whom the token was issued for: any service the user trusts can use the token here.',
    caughtBy: ['tok-wrong-audience'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'any-issuer',
    mistake:
      'A good signature is taken as proof of the issuer, though several issuers may sign with the same key.',
    caughtBy: ['tok-wrong-issuer'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            audience: config.resource,
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'audience-as-string',
    mistake:
      'The audience is compared as if it were always one string; a token that lists several is refused.',
    caughtBy: ['accepts-audience-lists'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            requiredClaims: ['exp', 'sub'],
          });
          if (payload.aud !== config.resource) throw new Error('issued for another service');
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'audience-by-path',
    mistake:
      'Only the path of the audience is compared, so that it works on every host; it works for the tokens of every MCP server.',
    caughtBy: ['tok-wrong-audience'],
    controls() {
      const pathOf = (url: string): string => new URL(url).pathname;

      const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            requiredClaims: ['exp', 'sub', 'aud'],
          });
          const isOurs = [payload.aud ?? []]
            .flat()
            .some((aud) => pathOf(aud) === pathOf(config.resource));
          if (!isOurs) throw new Error('issued for another service');
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      };

      return { verifyAccessToken };
    },
  },
  {
    name: 'audience-contains-ours',
    mistake:
      'The audience has an includes() whether it is a list or a string; in a string it finds us inside a longer name.',
    caughtBy: ['tok-wrong-audience'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            requiredClaims: ['exp', 'sub', 'aud'],
          });
          if (!payload.aud?.includes(config.resource))
            throw new Error('issued for another service');
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'audience-inside-ours',
    mistake:
      'The comparison is the wrong way round: an audience that is the beginning of our address passes for ours.',
    caughtBy: ['tok-wrong-audience'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            requiredClaims: ['exp', 'sub', 'aud'],
          });
          const isOurs = [payload.aud ?? []].flat().some((aud) => config.resource.startsWith(aud));
          if (!isOurs) throw new Error('issued for another service');
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'claims-checked-if-present',
    mistake:
      'Each claim is compared if the token has it, so a token that leaves a claim out is asked nothing.',
    caughtBy: ['tok-no-exp', 'tok-wrong-issuer', 'tok-wrong-audience'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
          });
          if (payload.iss && payload.iss !== config.issuer) throw new Error('wrong issuer');
          if (payload.aud && ![payload.aud].flat().includes(config.resource)) {
            throw new Error('wrong audience');
          }
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            extra: { issuer: config.issuer, subject: String(payload.sub) },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'decode-without-verifying',
    mistake:
      'The claims are compared with care, but nobody checked the signature: whoever writes the token writes the claims.',
    caughtBy: [
      'tok-alg-none',
      'tok-hs256-rs-key',
      'tok-kid-tricks',
      'tok-jku-jwk-x5u',
      'tok-tampered',
      'tok-type-confusion',
      'forgets-withdrawn-keys',
    ],
    controls: {
      verifyAccessToken: async (token, { config }) => {
        try {
          const claims = decodeJwt(token);
          const audiences = [claims.aud].flat();
          const now = Date.now() / 1000;
          const isFine =
            claims.iss === config.issuer &&
            audiences.includes(config.resource) &&
            typeof claims.exp === 'number' &&
            claims.exp > now &&
            (claims.nbf ?? 0) <= now;
          if (!isFine) throw new Error('a claim is wrong');
          return {
            token,
            clientId: String(claims.client_id),
            scopes: String(claims.scope ?? '').split(' '),
            extra: { issuer: claims.iss, subject: String(claims.sub) },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'every-audience',
    mistake:
      'Every audience of the token has to be us: a list that names others as well is refused, and an empty list passes.',
    caughtBy: ['tok-wrong-audience', 'accepts-audience-lists'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            requiredClaims: ['exp', 'sub', 'aud'],
          });
          const audiences = [payload.aud ?? []].flat();
          if (!audiences.every((audience) => audience === config.resource)) {
            throw new Error('issued for another service');
          }
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'expiry-optional',
    mistake:
      'The library compares an expiry only if there is one, and nobody told it that there must be: a token without exp is valid for ever.',
    caughtBy: ['tok-no-exp'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            issuer: config.issuer,
            audience: config.resource,
            typ: 'at+jwt',
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'hand-written-half',
    mistake:
      'A verifier written by hand checks what its author thought of, and neither nbf nor crit was on the list.',
    caughtBy: ['tok-not-yet-valid', 'tok-kid-tricks'],
    controls() {
      const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

      const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
        try {
          const [header = '', payload = '', signature = ''] = token.split('.');
          const { alg, typ, kid } = parse(header);
          const jwk = jwks.keys.find((key) => key.kid === kid);
          if (alg !== 'ES256' || typ !== 'at+jwt' || !jwk) throw new Error('no such key');
          const key = await webcrypto.subtle.importKey('jwk', jwk, ES256, false, ['verify']);
          const isGenuine = await webcrypto.subtle.verify(
            ES256,
            key,
            Buffer.from(signature, 'base64url'),
            Buffer.from(`${header}.${payload}`),
          );
          const claims = parse(payload);
          const isForUs =
            claims.iss === config.issuer && [claims.aud].flat().includes(config.resource);
          if (!isGenuine || !isForUs || !(Number(claims.exp) > Date.now() / 1000)) {
            throw new Error('not valid here');
          }
          return {
            token,
            clientId: String(claims.client_id),
            scopes: String(claims.scope ?? '').split(' '),
            expiresAt: Number(claims.exp),
            extra: { issuer: claims.iss, subject: String(claims.sub) },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      };

      const parse = (part: string): Record<string, unknown> =>
        JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

      return { verifyAccessToken };
    },
  },
  {
    name: 'header-read-before-it-is-checked',
    mistake:
      'Whatever parses as JSON is taken for an object: a header that says null makes the server stumble, and answer with HTTP 500.',
    caughtBy: ['tok-malformed'],
    controls() {
      const verifyAccessToken: VerifyAccessToken = async (token, context) => {
        const { alg } = headerOf(token);
        if (alg !== 'ES256') throw new InvalidTokenError('This algorithm is not used here.');
        return rightly(token, context);
      };

      function headerOf(token: string): { alg?: unknown } {
        const [header = ''] = token.split('.');
        try {
          return JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg?: unknown };
        } catch {
          throw new InvalidTokenError('The access token is no JWT.');
        }
      }

      return { verifyAccessToken };
    },
  },
  {
    name: 'issuer-starts-with-ours',
    mistake:
      'The issuer only has to begin with ours, so that a slash at the end does no harm; so does every longer host name.',
    caughtBy: ['tok-wrong-issuer'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            audience: config.resource,
            requiredClaims: ['exp', 'sub', 'iss'],
          });
          if (!payload.iss?.startsWith(config.issuer)) throw new Error('another issuer');
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'key-from-the-token',
    mistake:
      'A token that brings its key along is verified with that key: it proves only that its maker owns a key.',
    caughtBy: ['tok-jku-jwk-x5u'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const key = decodeProtectedHeader(token).jwk ? EmbeddedJWK : createLocalJWKSet(jwks);
          const { payload } = await jwtVerify(token, key, {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            audience: config.resource,
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'key-id-in-plain-object',
    mistake:
      'Keys are looked up in a plain object, where the key id __proto__ finds something that is no key; the error that follows is nobody’s 401.',
    caughtBy: ['tok-kid-tricks'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        const imported: Record<string, CryptoKey> = {};
        for (const jwk of jwks.keys) {
          imported[jwk.kid ?? ''] = (await importJWK(jwk, 'ES256')) as CryptoKey;
        }
        const findKey = ({ kid }: { kid?: string }): CryptoKey => {
          const key = imported[kid ?? ''];
          if (!key) throw new InvalidTokenError('The access token is not valid here.');
          return key;
        };
        try {
          const { payload } = await jwtVerify(token, findKey, {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            audience: config.resource,
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          if (!(error instanceof errors.JOSEError)) throw error;
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'key-set-for-ever',
    mistake:
      'The key set is made once and kept for ever: when the authorization server changes its key, everybody who signs in is refused.',
    caughtBy: ['accepts-tokens-after-a-rotation', 'forgets-withdrawn-keys'],
    controls() {
      let keySet: JWTVerifyGetKey | undefined;

      const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
        keySet ??= createLocalJWKSet(jwks);
        try {
          const { payload } = await jwtVerify(token, keySet, {
            algorithms: ['ES256'],
            issuer: config.issuer,
            audience: config.resource,
            typ: 'at+jwt',
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      };

      return { verifyAccessToken };
    },
  },
  {
    name: 'key-set-from-the-token',
    mistake:
      'The keys are fetched from where the token says they are: the server calls any address an attacker writes there, and believes the answer.',
    caughtBy: ['tok-jku-jwk-x5u'],
    controls: {
      verifyAccessToken: async (token, { config, jwksUri }) => {
        try {
          const { jku } = decodeProtectedHeader(token);
          const keySet = createRemoteJWKSet(new URL(jku ?? jwksUri));
          const { payload } = await jwtVerify(token, keySet, {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            audience: config.resource,
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'leeway-in-milliseconds',
    mistake:
      'A leeway of five seconds was meant, but the option counts seconds, not milliseconds: tokens live more than an hour too long.',
    caughtBy: ['tok-expired', 'tok-not-yet-valid', 'accepts-tokens-until-they-expire'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            audience: config.resource,
            requiredClaims: ['exp', 'sub'],
            clockTolerance: 5000,
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'library-errors-pass-through',
    mistake:
      'The verifier lets the library’s own errors out; the middleware does not know them, and a bad token becomes HTTP 500.',
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
      verifyAccessToken: async (token, { config, jwks }) => {
        const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
          algorithms: ['ES256'],
          typ: 'at+jwt',
          issuer: config.issuer,
          audience: config.resource,
          requiredClaims: ['exp', 'sub'],
        });
        return {
          token,
          clientId: String(payload.client_id),
          scopes: String(payload.scope ?? '').split(' '),
          expiresAt: payload.exp,
          extra: { issuer: payload.iss, subject: payload.sub },
        };
      },
    },
  },
  {
    name: 'not-before-forgotten',
    mistake:
      'The library verifies the signature and the claims are compared by hand, all of them but nbf: a token works before its time.',
    caughtBy: ['tok-not-yet-valid'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
          });
          const claims = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
          const isForUs =
            claims.iss === config.issuer && [claims.aud].flat().includes(config.resource);
          const isFresh = typeof claims.exp === 'number' && claims.exp > Date.now() / 1000;
          if (protectedHeader.typ !== 'at+jwt' || !isForUs || !isFresh)
            throw new Error('not valid here');
          return {
            token,
            clientId: String(claims.client_id),
            scopes: String(claims.scope ?? '').split(' '),
            expiresAt: Number(claims.exp),
            extra: { issuer: claims.iss, subject: String(claims.sub) },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'published-key-as-secret',
    mistake:
      'For HS256 the published key set was used as the shared secret: everybody knows it, so everybody can sign.',
    caughtBy: ['tok-hs256-rs-key'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const options = {
            issuer: config.issuer,
            audience: config.resource,
            typ: 'at+jwt',
            requiredClaims: ['exp'],
          };
          const isShared = decodeProtectedHeader(token).alg === 'HS256';
          const { payload } = isShared
            ? await jwtVerify(
                token,
                new TextEncoder().encode(JSON.stringify(jwks.keys[0])),
                options,
              )
            : await jwtVerify(token, createLocalJWKSet(jwks), options);
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            extra: { issuer: payload.iss, subject: String(payload.sub) },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'remembers-signatures',
    mistake:
      'Verified tokens are remembered by their signature alone: the next token may say something else above the same signature.',
    caughtBy: ['tok-tampered'],
    controls() {
      /** Signature -> when it may be forgotten, in seconds. */
      const verified = new Map<string, number>();

      const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
        const signature = token.split('.')[2] ?? '';
        try {
          if ((verified.get(signature) ?? 0) <= Date.now() / 1000) {
            const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
              algorithms: ['ES256'],
              typ: 'at+jwt',
              issuer: config.issuer,
              audience: config.resource,
              requiredClaims: ['exp', 'sub'],
            });
            verified.set(signature, payload.exp ?? 0);
          }
          const payload = decodeJwt(token);
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      };

      return { verifyAccessToken };
    },
  },
  {
    name: 'remembers-tokens-for-ever',
    mistake:
      'A token that was verified once is remembered, and its expiry is never looked at again.',
    caughtBy: ['accepts-tokens-until-they-expire'],
    controls() {
      const verified = new Map<string, AuthInfo>();

      const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
        const known = verified.get(token);
        if (known) return known;
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            audience: config.resource,
            requiredClaims: ['exp', 'sub'],
          });
          const info = {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            extra: { issuer: payload.iss, subject: payload.sub },
          };
          verified.set(token, info);
          return info;
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      };

      return { verifyAccessToken };
    },
  },
  {
    name: 'scope-required',
    mistake:
      'A token has to say something of scopes, though the claim may be left out: its user is made to sign in again, and gets another one like it.',
    caughtBy: ['accepts-tokens-without-scope'],
    controls: {
      verifyAccessToken: async (token, context) => {
        const verified = await rightly(token, context);
        if (typeof decodeJwt(token).scope !== 'string') {
          throw new InvalidTokenError('The access token names no scope.');
        }
        return verified;
      },
    },
  },
  {
    name: 'signature-only',
    mistake:
      'The signature is verified and then every claim is believed: a genuine token for somewhere else, or from last year, is genuine too.',
    caughtBy: [
      'tok-expired',
      'tok-not-yet-valid',
      'tok-no-exp',
      'tok-wrong-issuer',
      'tok-wrong-audience',
      'tok-type-confusion',
      'accepts-tokens-until-they-expire',
    ],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const verified = await compactVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
          });
          const payload = JSON.parse(new TextDecoder().decode(verified.payload)) as JWTPayload;
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            extra: { issuer: payload.iss ?? config.issuer, subject: String(payload.sub) },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'subject-is-the-client',
    mistake:
      'The caller is taken to be the client application: all users of one application are one and the same.',
    caughtBy: ['accepts-own-tokens'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        try {
          const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
            algorithms: ['ES256'],
            typ: 'at+jwt',
            issuer: config.issuer,
            audience: config.resource,
            requiredClaims: ['exp', 'client_id'],
          });
          const clientId = String(payload.client_id);
          return {
            token,
            clientId,
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: clientId },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'unsecured-for-development',
    mistake:
      'Tokens without a signature are accepted outside production, for tests; anybody can write one wherever NODE_ENV was forgotten.',
    caughtBy: ['tok-alg-none'],
    controls: {
      verifyAccessToken: async (token, context) => {
        if (process.env.NODE_ENV === 'production') return rightly(token, context);
        try {
          const { issuer, resource } = context.config;
          const { payload } = UnsecuredJWT.decode(token, { issuer, audience: resource });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: Number(payload.exp),
            extra: { issuer: payload.iss, subject: String(payload.sub) },
          };
        } catch {
          return rightly(token, context);
        }
      },
    },
  },
  {
    name: 'key-set-for-five-minutes',
    mistake:
      'The key set is kept for five minutes, whatever happens meanwhile: a new key is refused, and a withdrawn one accepted.',
    caughtBy: ['accepts-tokens-after-a-rotation', 'forgets-withdrawn-keys'],
    controls() {
      const KEPT_MS = 5 * 60_000;

      let keySet: JWTVerifyGetKey | undefined;

      let madeAt = 0;

      const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
        if (!keySet || Date.now() - madeAt > KEPT_MS) {
          keySet = createLocalJWKSet(jwks);
          madeAt = Date.now();
        }
        try {
          const { payload } = await jwtVerify(token, keySet, {
            algorithms: ['ES256'],
            issuer: config.issuer,
            audience: config.resource,
            typ: 'at+jwt',
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      };

      return { verifyAccessToken };
    },
  },
  {
    name: 'keys-only-added',
    mistake:
      'Every key that was ever published is kept by its name, so that none is looked for twice, and none is ever withdrawn.',
    caughtBy: ['forgets-withdrawn-keys'],
    controls() {
      const known = new Map<string | undefined, JWK>();

      const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
        for (const key of jwks.keys) known.set(key.kid, key);
        const keySet = createLocalJWKSet({ keys: [...known.values()] });
        try {
          const { payload } = await jwtVerify(token, keySet, {
            algorithms: ['ES256'],
            issuer: config.issuer,
            audience: config.resource,
            typ: 'at+jwt',
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      };

      return { verifyAccessToken };
    },
  },
  {
    name: 'kind-compared-by-its-end',
    mistake: 'The kind of a token is compared by how it ends, and other kinds end so as well.',
    caughtBy: ['tok-type-confusion'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        const keySet = createLocalJWKSet(jwks);
        try {
          const { payload, protectedHeader } = await jwtVerify(token, keySet, {
            algorithms: ['ES256'],
            issuer: config.issuer,
            audience: config.resource,
            requiredClaims: ['exp', 'sub'],
          });
          if (!protectedHeader.typ?.endsWith('at+jwt')) throw new Error('no access token');
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'kind-not-asked',
    mistake:
      'Whatever this authorization server signed for us counts as an access token, whichever kind it says it is.',
    caughtBy: ['tok-type-confusion'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        const keySet = createLocalJWKSet(jwks);
        try {
          const { payload } = await jwtVerify(token, keySet, {
            algorithms: ['ES256'],
            issuer: config.issuer,
            audience: config.resource,
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
  {
    name: 'latest-key-only',
    mistake:
      'Only the key that is published first is used, and a token of five minutes ago was signed with the one after it.',
    caughtBy: ['accepts-tokens-after-a-rotation'],
    controls: {
      verifyAccessToken: async (token, { config, jwks }) => {
        const keySet = createLocalJWKSet({ keys: jwks.keys.slice(0, 1) });
        try {
          const { payload } = await jwtVerify(token, keySet, {
            algorithms: ['ES256'],
            issuer: config.issuer,
            audience: config.resource,
            typ: 'at+jwt',
            requiredClaims: ['exp', 'sub'],
          });
          return {
            token,
            clientId: String(payload.client_id),
            scopes: String(payload.scope ?? '').split(' '),
            expiresAt: payload.exp,
            extra: { issuer: payload.iss, subject: payload.sub },
          };
        } catch (error) {
          throw new InvalidTokenError('The access token is not valid here.', { cause: error });
        }
      },
    },
  },
];
