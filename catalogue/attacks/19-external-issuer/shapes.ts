/**
 * An honest access token of each kind of provider, as its documentation shows them (see the lesson's
 * table), for a user who may read and write.
 */
import type { JWTPayload } from 'jose';
import type { ProviderKind } from '../../../exercises/weather-server/controls.ts';

export interface HonestShape {
  /** The kind, or the kind and what is switched on. */
  name: string;
  kind: ProviderKind;
  algorithm: 'ES256' | 'RS256';
  path: string;
  /** What this server is called there; left out, by its resource. */
  audience?: string;
  client: string;
  claims: (audience: string, issuer: string) => JWTPayload;
  header: Record<string, unknown>;
}

const SCOPE = 'openid weather:read weather:write';
/** Members that the token has by itself, and these providers do not write. */
const NEITHER = { client_id: undefined, scope: undefined };
const ORGANIZATION = '223281939119866113';
const PROJECT = '223281986649719041';

export const honestShapes: HonestShape[] = [
  {
    name: 'RFC 9068',
    kind: 'rfc9068',
    algorithm: 'ES256',
    path: '',
    client: 's6BhdRkqt3',
    claims: (aud) => ({ aud, client_id: 's6BhdRkqt3', scope: SCOPE }),
    header: { typ: 'at+jwt' },
  },
  {
    name: 'RFC 9068, with the type in full',
    kind: 'rfc9068',
    algorithm: 'RS256',
    path: '/oauth2/',
    client: 's6BhdRkqt3',
    claims: (aud) => ({ aud: [aud], client_id: 's6BhdRkqt3', scope: SCOPE }),
    header: { typ: 'application/at+jwt' },
  },
  {
    name: 'Keycloak with an audience mapper',
    kind: 'keycloak',
    algorithm: 'RS256',
    path: '/realms/weather',
    client: 'desktop-app',
    claims: (aud) => ({
      ...NEITHER,
      aud: [aud, 'account'],
      typ: 'Bearer',
      azp: 'desktop-app',
      sid: '5f0c4f8e',
      acr: '1',
      realm_access: { roles: ['offline_access'] },
      scope: SCOPE,
      preferred_username: 'vera',
    }),
    header: { typ: 'JWT' },
  },
  {
    name: 'Keycloak, with one audience',
    kind: 'keycloak',
    algorithm: 'ES256',
    path: '/realms/weather',
    client: 'desktop-app',
    claims: (aud) => ({ ...NEITHER, aud, typ: 'Bearer', azp: 'desktop-app', scope: SCOPE }),
    header: { typ: 'JWT' },
  },
  {
    name: 'Entra ID, version 2.0',
    kind: 'entra',
    algorithm: 'RS256',
    path: '/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0',
    audience: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
    client: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
    claims: (aud) => ({
      ...NEITHER,
      aud,
      azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
      azpacr: '0',
      oid: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
      tid: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
      scp: 'weather:read weather:write',
      ver: '2.0',
    }),
    header: { typ: 'JWT' },
  },
  {
    name: 'Auth0',
    kind: 'auth0',
    algorithm: 'RS256',
    path: '/',
    client: 'my_client_id',
    claims: (aud, issuer) => ({
      ...NEITHER,
      aud: [aud, `${issuer}userinfo`],
      azp: 'my_client_id',
      scope: SCOPE,
    }),
    header: { typ: 'JWT' },
  },
  {
    name: 'Okta',
    kind: 'okta',
    algorithm: 'RS256',
    path: '/oauth2/default',
    audience: 'api://weather',
    client: '0oabcdefgh',
    claims: (aud) => ({
      ...NEITHER,
      aud,
      ver: 1,
      cid: '0oabcdefgh',
      uid: '00uabcdefg',
      scp: ['openid', 'weather:read', 'weather:write'],
    }),
    header: { typ: undefined },
  },
  {
    name: 'Cognito with resource binding',
    kind: 'cognito',
    algorithm: 'RS256',
    path: '/eu-west-1_EXAMPLE',
    client: '1example23456789',
    claims: (aud) => ({
      aud,
      token_use: 'access',
      client_id: '1example23456789',
      scope: `openid ${aud}/weather:read ${aud}/weather:write`,
      version: 2,
      username: 'vera',
    }),
    header: { typ: undefined },
  },
  {
    name: 'Zitadel with JWT and roles switched on',
    kind: 'zitadel',
    algorithm: 'RS256',
    path: '',
    audience: PROJECT,
    client: '223281986649719055',
    claims: (aud) => ({
      ...NEITHER,
      aud: ['223281986649719055', aud],
      client_id: '223281986649719055',
      [`urn:zitadel:iam:org:project:${aud}:roles`]: {
        'weather:read': { [ORGANIZATION]: 'acme.example' },
        'weather:write': { [ORGANIZATION]: 'acme.example' },
      },
    }),
    header: { typ: 'JWT' },
  },
  {
    name: 'Hydra with JWT switched on',
    kind: 'hydra',
    algorithm: 'RS256',
    path: '/',
    client: 'c5c6a6a0-example',
    claims: (aud) => ({
      ...NEITHER,
      aud: [aud],
      client_id: 'c5c6a6a0-example',
      ext: {},
      scp: ['openid', 'weather:read', 'weather:write'],
    }),
    header: { typ: 'JWT' },
  },
];
