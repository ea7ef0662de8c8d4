import type { JWTPayload } from 'jose';
import type {
  Actor,
  ExternalIssuer,
  ProviderKind,
  ReadProviderClaims,
  ServerConfig,
  VerifiedJwt,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

/** The parts of a right solution, each of which a mistake may replace. */
interface Parts {
  isIssuer: (iss: unknown, external: ExternalIssuer) => boolean;
  isAudience: (
    claims: JWTPayload,
    external: ExternalIssuer,
    config: Pick<ServerConfig, 'resource'>,
  ) => boolean;
  isAccessToken: (token: VerifiedJwt, kind: ProviderKind) => boolean;
  client: (claims: JWTPayload, kind: ProviderKind) => unknown;
  scopes: (claims: JWTPayload, external: ExternalIssuer) => string[];
  user: (claims: JWTPayload) => unknown;
  isUser: (subject: unknown) => subject is string;
  issuer: (external: ExternalIssuer, config: ServerConfig) => string;
  refuse: () => Error;
}

const words = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(' ').filter(Boolean) : [];
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
const names = (value: unknown): string[] => Object.keys(value ?? {});

const CLIENTS: Record<ProviderKind, string[]> = {
  rfc9068: ['client_id'],
  keycloak: ['azp'],
  entra: ['azp'],
  auth0: ['azp'],
  okta: ['cid'],
  cognito: ['client_id'],
  zitadel: ['client_id', 'azp'],
  hydra: ['client_id'],
};

const right: Parts = {
  isIssuer: (iss, { issuer }) => iss === issuer,
  isAudience: ({ aud }, { audience }) => [aud].flat().includes(audience),
  isAccessToken({ header, claims }, kind) {
    switch (kind) {
      case 'rfc9068':
        return ['at+jwt', 'application/at+jwt'].includes(header.typ?.toLowerCase() ?? '');
      case 'keycloak':
        return claims.typ === 'Bearer';
      case 'entra':
        return claims.scp !== undefined;
      case 'auth0':
        return claims.scope !== undefined;
      case 'okta':
        return claims.cid !== undefined;
      case 'cognito':
        return claims.token_use === 'access';
      case 'zitadel':
        return claims.jti !== undefined;
      case 'hydra':
        return claims.client_id !== undefined;
    }
  },
  client: (claims, kind) => CLIENTS[kind].map((name) => claims[name]).find(Boolean),
  scopes(claims, { kind, audience }) {
    switch (kind) {
      case 'entra':
        return words(claims.scp);
      case 'okta':
      case 'hydra':
        return list(claims.scp);
      case 'zitadel':
        return names(claims[`urn:zitadel:iam:org:project:${audience}:roles`]);
      case 'cognito':
        return words(claims.scope).flatMap((scope) =>
          scope.startsWith(`${audience}/`) ? [scope.slice(audience.length + 1)] : [],
        );
      case 'rfc9068':
      case 'keycloak':
      case 'auth0':
        return words(claims.scope);
    }
  },
  user: ({ sub }) => sub,
  isUser: (subject): subject is string => typeof subject === 'string' && subject !== '',
  issuer: ({ issuer }) => issuer,
  refuse: () => new InvalidTokenError('not valid here'),
};

const readWith =
  (changed: Partial<Parts>): ReadProviderClaims =>
  (token, external, config): Actor => {
    const parts = { ...right, ...changed };
    const { claims } = token;
    const isGood =
      parts.isIssuer(claims.iss, external) &&
      parts.isAudience(claims, external, config) &&
      parts.isAccessToken(token, external.kind);
    const subject = parts.user(claims);
    const clientId = parts.client(claims, external.kind);
    if (!isGood || !parts.isUser(subject) || typeof clientId !== 'string') {
      throw parts.refuse();
    }
    return {
      issuer: parts.issuer(external, config),
      subject,
      clientId,
      scopes: parts.scopes(claims, external),
    };
  };

const wrong = (
  name: string,
  mistake: string,
  caughtBy: string | string[],
  changed: Partial<Parts>,
): Mistake => ({
  name,
  mistake,
  caughtBy: [caughtBy].flat(),
  controls: { readProviderClaims: readWith(changed) },
});

const TENANT = 'iss-another-tenant';
const AUDIENCE = 'iss-another-audience';
const CLIENT = 'iss-client-for-audience';
const SHAPES = 'reads-each-provider';

export const mistakes: Mistake[] = [
  wrong(
    'any-tenant',
    'The signature is good, so nobody asks which tenant has issued the token.',
    TENANT,
    {
      isIssuer: () => true,
    },
  ),
  wrong('tenant-that-begins-alike', 'An issuer need only begin like ours.', TENANT, {
    isIssuer: (iss, { issuer }) => String(iss).startsWith(issuer),
  }),
  wrong('tenants-of-one-host', 'Every issuer of the provider’s host is taken for ours.', TENANT, {
    isIssuer: (iss, { issuer }) =>
      typeof iss === 'string' && new URL(iss).origin === new URL(issuer).origin,
  }),
  wrong('a-slash-more', 'An issuer with a slash more or less is taken for ours.', TENANT, {
    isIssuer: (iss, { issuer }) =>
      typeof iss === 'string' && iss.replace(/\/$/, '') === issuer.replace(/\/$/, ''),
  }),
  wrong('issuers-in-small-letters', 'Issuers are compared without their capitals.', TENANT, {
    isIssuer: (iss, { issuer }) =>
      typeof iss === 'string' && iss.toLowerCase() === issuer.toLowerCase(),
  }),
  wrong('one-of-several-issuers', 'A list of issuers is searched for ours.', TENANT, {
    isIssuer: (iss, { issuer }) => [iss].flat().includes(issuer),
  }),
  wrong('a-token-without-issuer', 'A token without `iss` is taken for one of ours.', TENANT, {
    isIssuer: (iss, { issuer }) => iss === undefined || iss === issuer,
  }),

  wrong(
    'issuers-as-a-dictionary-sorts-them',
    'Issuers are compared with `localeCompare`, to which a character that nobody sees is nothing.',
    TENANT,
    { isIssuer: (iss, { issuer }) => typeof iss === 'string' && iss.localeCompare(issuer) === 0 },
  ),

  wrong('audience-in-small-letters', 'Audiences are compared without their capitals.', AUDIENCE, {
    isAudience: ({ aud }, { audience }) =>
      [aud].flat().some((one) => one?.toLowerCase() === audience.toLowerCase()),
  }),
  wrong('audience-with-a-slash', 'An audience with a slash more is taken for ours.', AUDIENCE, {
    isAudience: ({ aud }, { audience }) =>
      [aud].flat().some((one) => one?.replace(/\/$/, '') === audience),
  }),
  wrong(
    'audiences-as-a-dictionary-sorts-them',
    'Audiences are compared with `localeCompare`, to which a character that nobody sees is nothing.',
    AUDIENCE,
    {
      isAudience: ({ aud }, { audience }) =>
        [aud].flat().some((one) => one?.localeCompare(audience) === 0),
    },
  ),
  wrong(
    'either-of-our-names',
    'Where the provider has a name for this server, its URL is taken as well.',
    AUDIENCE,
    {
      isAudience: ({ aud }, { audience }, { resource }) =>
        [aud].flat().some((one) => one === audience || one === resource),
    },
  ),
  wrong('any-audience', 'Nobody asks for whom the token is.', [AUDIENCE, CLIENT], {
    isAudience: () => true,
  }),
  wrong(
    'audience-inside-a-text',
    'The audience is searched for our name, which a longer one contains.',
    AUDIENCE,
    {
      isAudience: ({ aud }, { audience }) => [aud].flat().some((one) => one?.includes(audience)),
    },
  ),
  wrong('no-audience-is-fine', 'A token that is for nobody is taken.', [AUDIENCE, CLIENT], {
    isAudience: (claims, external, config) =>
      claims.aud === undefined || right.isAudience(claims, external, config),
  }),
  wrong('azp-for-aud', 'Where `aud` does not name this server, `azp` may.', CLIENT, {
    isAudience: (claims, external, config) =>
      right.isAudience(claims, external, config) || claims.azp === external.audience,
  }),
  wrong('client-id-for-aud', 'Where a token has no `aud`, its `client_id` counts.', CLIENT, {
    isAudience: ({ aud, client_id: client }, { audience }) =>
      [aud ?? client].flat().includes(audience),
  }),
  wrong('cid-for-aud', 'At Okta the client is taken for the audience.', CLIENT, {
    isAudience: (claims, external, config) =>
      right.isAudience(claims, external, config) || claims.cid === external.audience,
  }),
  wrong('roles-for-aud', 'Roles at this server are taken for the audience.', CLIENT, {
    isAudience: (claims, external, config) =>
      right.isAudience(claims, external, config) ||
      names(claims.resource_access).includes(external.audience),
  }),

  wrong('any-kind-of-token', 'Nobody asks whether the token is an access token.', 'iss-id-token', {
    isAccessToken: () => true,
    client: (claims) => claims.client_id ?? claims.azp ?? claims.cid ?? 'unknown',
  }),
  wrong(
    'keycloak-id-tokens',
    'At Keycloak all tokens have the header type JWT, and `typ` in the claims is not looked at.',
    'iss-id-token',
    {
      isAccessToken: (token, kind) => kind === 'keycloak' || right.isAccessToken(token, kind),
    },
  ),
  wrong('cognito-id-tokens', '`token_use` is not looked at.', 'iss-id-token', {
    isAccessToken: (token, kind) => kind === 'cognito' || right.isAccessToken(token, kind),
  }),
  wrong(
    'okta-id-tokens',
    'At Okta a token with `scp` is taken for an access token, and its client for whoever is in `azp`.',
    'iss-id-token',
    {
      isAccessToken: (token, kind) => kind === 'okta' || right.isAccessToken(token, kind),
      client: (claims, kind) => right.client(claims, kind) ?? claims.azp,
    },
  ),
  wrong(
    'zitadel-id-tokens',
    'At Zitadel a token with roles is taken for an access token.',
    'iss-id-token',
    {
      isAccessToken: (token, kind) => kind === 'zitadel' || right.isAccessToken(token, kind),
    },
  ),
  wrong(
    'type-jwt-will-do',
    'The header type JWT is taken from a provider that writes at+jwt.',
    'iss-id-token',
    {
      isAccessToken: (token, kind) =>
        token.header.typ === 'JWT' || right.isAccessToken(token, kind),
    },
  ),
  wrong(
    'no-type-will-do',
    'A token without a header type is taken from a provider that writes at+jwt.',
    'iss-id-token',
    {
      isAccessToken: (token, kind) =>
        (kind === 'rfc9068' && token.header.typ === undefined) || right.isAccessToken(token, kind),
    },
  ),

  wrong(
    'prefix-of-any-server',
    'The name in front of a scope is taken off, whatever server’s it is.',
    'iss-scopes-of-another',
    {
      scopes: (claims, external) =>
        external.kind === 'cognito'
          ? words(claims.scope).map((scope) => scope.replace(/^.*\//, ''))
          : right.scopes(claims, external),
    },
  ),
  wrong(
    'prefix-or-none',
    'A scope without the name of a server is taken for one of this server.',
    'iss-scopes-of-another',
    {
      scopes: (claims, external) =>
        external.kind === 'cognito'
          ? words(claims.scope).map((scope) => scope.replace(`${external.audience}/`, ''))
          : right.scopes(claims, external),
    },
  ),
  wrong(
    'roles-of-the-clients-project',
    'At Zitadel the roles of the client’s own project count here.',
    'iss-scopes-of-another',
    {
      scopes: (claims, external) => [
        ...right.scopes(claims, external),
        ...(external.kind === 'zitadel' ? names(claims['urn:zitadel:iam:org:project:roles']) : []),
      ],
    },
  ),
  wrong(
    'roles-of-all-projects',
    'At Zitadel the roles of every project count here.',
    'iss-scopes-of-another',
    {
      scopes: (claims, external) =>
        external.kind === 'zitadel'
          ? Object.keys(claims)
              .filter((name) => name.endsWith(':roles'))
              .flatMap((name) => names(claims[name]))
          : right.scopes(claims, external),
    },
  ),

  wrong(
    'roles-of-another-project-if-none-of-ours',
    'At Zitadel the roles of the client’s own project count where a token has none of ours.',
    'iss-scopes-of-another',
    {
      scopes: (claims, external) =>
        external.kind === 'zitadel'
          ? names(
              claims[`urn:zitadel:iam:org:project:${external.audience}:roles`] ??
                claims['urn:zitadel:iam:org:project:roles'],
            )
          : right.scopes(claims, external),
    },
  ),
  wrong(
    'scopes-wherever-they-are',
    'Whichever claim may hold scopes is read, whatever the provider writes them in.',
    'iss-scopes-of-another',
    {
      scopes: (claims, external) =>
        external.kind === 'cognito' || external.kind === 'zitadel'
          ? right.scopes(claims, external)
          : [...words(claims.scope), ...words(claims.scp), ...list(claims.scp)],
    },
  ),

  wrong('users-in-small-letters', '`sub` is written in small letters.', 'iss-name-as-user', {
    user: ({ sub }) => sub?.toLowerCase(),
  }),
  wrong('users-without-spaces', 'Spaces around `sub` are taken off.', 'iss-name-as-user', {
    user: ({ sub }) => sub?.trim(),
  }),
  wrong('users-in-one-form', '`sub` is brought into one form of Unicode.', 'iss-name-as-user', {
    user: ({ sub }) => sub?.normalize('NFKC'),
  }),
  wrong('mail-address-for-user', 'The user is whoever has this mail address.', 'iss-name-as-user', {
    user: ({ email, sub }) => email ?? sub,
  }),
  wrong('user-name-for-user', 'The user is whoever has this user name.', 'iss-name-as-user', {
    user: ({ preferred_username: name, sub }) => name ?? sub,
  }),
  wrong(
    'a-user-called-undefined',
    'A token without a user is that of a user called undefined.',
    'iss-nobody',
    {
      user: ({ sub }) => String(sub),
    },
  ),
  wrong('a-user-without-a-name', 'A token whose user is an empty text is taken.', 'iss-nobody', {
    isUser: (subject): subject is string => typeof subject === 'string',
  }),
  wrong(
    'users-of-ours',
    'Users of the provider are users of this server’s own issuer.',
    'iss-namesake',
    {
      issuer: (_external, config) => config.issuer,
    },
  ),

  wrong(
    'audience-as-a-text-only',
    '`aud` has to be a text, and a list of audiences is refused.',
    SHAPES,
    {
      isAudience: ({ aud }, { audience }) => aud === audience,
    },
  ),
  wrong('scope-only', 'Scopes are taken from `scope` only.', [SHAPES, 'iss-scopes-of-another'], {
    scopes: (claims, external) =>
      external.kind === 'cognito' ? right.scopes(claims, external) : words(claims.scope),
  }),
  wrong('scp-as-a-text-only', '`scp` is taken for a text, as it is at Entra ID.', SHAPES, {
    scopes: (claims, external) =>
      external.kind === 'okta' || external.kind === 'hydra'
        ? words(claims.scp)
        : right.scopes(claims, external),
  }),
  wrong(
    'at-jwt-everywhere',
    'Every provider is asked for the header type at+jwt, which few write.',
    SHAPES,
    {
      isAccessToken: ({ header }) => header.typ === 'at+jwt',
    },
  ),
  wrong('client-id-everywhere', 'The client is looked for in `client_id` only.', SHAPES, {
    client: ({ client_id: client }) => client ?? 'unknown',
  }),
  wrong('no-cid', '`cid` is not known, so that all clients of Okta are one.', SHAPES, {
    client: (claims, kind) => (kind === 'okta' ? 'okta' : right.client(claims, kind)),
  }),
];
