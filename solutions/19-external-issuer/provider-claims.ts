import type { JWTPayload } from 'jose';
import type {
  ExternalIssuer,
  ProviderKind,
  ReadProviderClaims,
  VerifiedJwt,
} from '../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../exercises/weather-server/errors.ts';

/** What an access token of one kind of provider looks like, and an ID token does not. */
interface Row {
  /** Whether a token is an access token; most have the type `JWT`, or none. */
  isAccessToken: (token: VerifiedJwt) => boolean;
  /** The first of these that is there names the client. */
  client: readonly string[];
  scopes: (claims: JWTPayload, external: ExternalIssuer) => readonly string[];
}

const words = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(' ').filter(Boolean) : [];
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
const keys = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

const inScope: Row['scopes'] = ({ scope }) => words(scope);
const inScpList: Row['scopes'] = ({ scp }) => list(scp);

/** Sources stand beside the same table in the lesson. */
const rows: Record<ProviderKind, Row> = {
  rfc9068: {
    isAccessToken: ({ header }) => /^(?:application\/)?at\+jwt$/i.test(header.typ ?? ''),
    client: ['client_id'],
    scopes: inScope,
  },
  keycloak: {
    isAccessToken: ({ claims }) => claims.typ === 'Bearer',
    client: ['azp'],
    scopes: inScope,
  },
  entra: {
    isAccessToken: ({ claims }) => typeof claims.scp === 'string',
    client: ['azp'],
    scopes: ({ scp }) => words(scp),
  },
  auth0: {
    isAccessToken: ({ claims }) => typeof claims.scope === 'string',
    client: ['azp'],
    scopes: inScope,
  },
  okta: {
    isAccessToken: ({ claims }) => typeof claims.cid === 'string',
    client: ['cid'],
    scopes: inScpList,
  },
  cognito: {
    isAccessToken: ({ claims }) => claims.token_use === 'access',
    client: ['client_id'],
    scopes: ({ scope }, { audience }) => withoutPrefix(words(scope), `${audience}/`),
  },
  zitadel: {
    isAccessToken: ({ claims }) => typeof claims.jti === 'string',
    client: ['client_id', 'azp'],
    // Roles of our own project. A claim without its number speaks of the client's project.
    scopes: (claims, { audience }) => keys(claims[`urn:zitadel:iam:org:project:${audience}:roles`]),
  },
  hydra: {
    isAccessToken: ({ claims }) => typeof claims.client_id === 'string',
    client: ['client_id'],
    scopes: inScpList,
  },
};

/** Scopes of this server, as a pool of many servers names them; those of others are not ours. */
const withoutPrefix = (scopes: string[], prefix: string): string[] =>
  scopes.filter((scope) => scope.startsWith(prefix)).map((scope) => scope.slice(prefix.length));

/**
 * Reads a token by the row of its provider's kind.
 *
 * `iss` has to be the issuer's, character by character: tenants of one provider often share their
 * keys, so that the signature says nothing about the tenant. We have to be in `aud`, as the text or as
 * one of the list. `azp` and `client_id` say who asked for the token and never for whom it is; a
 * client may well have the name of a server.
 *
 * The user is issuer and `sub`. Names and mail addresses are for people: they change, are given out
 * anew, and at some providers the user writes them (OpenID Connect Core 1.0 §5.7).
 *
 * Does not check signature, algorithm and time, which the server has done, nor whether the token was
 * revoked, which only introspection would say (RFC 7662).
 */
export const readProviderClaims: ReadProviderClaims = (token, external) => {
  const { claims } = token;
  const row = rows[external.kind];
  const clientId = row.client.map((name) => claims[name]).find((value) => value !== undefined);
  const isOurs = claims.iss === external.issuer && [claims.aud].flat().includes(external.audience);
  if (!isOurs || !row.isAccessToken(token) || !isName(claims.sub) || !isName(clientId)) {
    throw new InvalidTokenError('The access token is not valid here.');
  }
  return {
    issuer: external.issuer,
    subject: claims.sub,
    clientId,
    scopes: [...row.scopes(claims, external)],
  };
};

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';
