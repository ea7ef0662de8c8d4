/** Tokens with a right signature: of another tenant, for another server, or of another kind. */
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import {
  PROVIDER_KINDS,
  type ProviderKind,
} from '../../../exercises/weather-server/provider-kinds.ts';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import type { LabReply, LabSession } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import { describeReply, succeeded } from '../replies.ts';
import { acceptsProvider, hasRun, openProvider, tryToken } from './provider.ts';
import { StepFailed } from '../../../lab/protocol.ts';

const kinds = z.enum(PROVIDER_KINDS);

const mcpTokens = link(
  'MCP, Access Token Usage: Token Handling',
  'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#token-handling',
);

interface Shaped {
  kind: ProviderKind;
  /** What the provider calls this server, if not by its resource. */
  audience?: string | undefined;
  claims: Record<string, unknown>;
  header: Record<string, unknown>;
}
const shaped = z.strictObject({
  kind: kinds,
  audience: z.string().min(1).max(100).optional(),
  claims: z.record(z.string().max(200), z.unknown()),
  header: z.record(z.string().max(40), z.unknown()),
});

/** Puts names of this firing into texts and names of members; `null` removes a member. */
function fill(members: Record<string, unknown>, names: Record<string, string>): JWTPayload {
  const text = Object.entries(names).reduce(
    (filled, [name, value]) => filled.replaceAll(`{{${name}}}`, value),
    JSON.stringify(members),
  );
  const filled = JSON.parse(text) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(filled).map(([name, value]) => [name, value === null ? undefined : value]),
  );
}

/** A token of a provider of this kind, right in all else than what the payload says. */
async function tryShape(
  lab: LabSession,
  { kind, audience: named, claims, header }: Shaped,
  what: string,
  tool?: 'list_all_alerts',
): Promise<Findings> {
  const provider = await openProvider(lab, {
    kind,
    path: '/tenant-a',
    at: TENANT_PLACES,
    ...(named === undefined ? {} : { audience: named }),
  });
  const { issuer, audience } = provider.external;
  const names = {
    issuer,
    audience,
    shouted: audience.toUpperCase(),
    resource: lab.config.resource,
    host: new URL(issuer).origin,
  };
  const token = await provider.token(fill(claims, names), { header: fill(header, names) });
  return tryToken(lab, token, what, tool);
}
const TENANT_PLACES = [
  '/.well-known/openid-configuration/tenant-a',
  '/.well-known/openid-configuration',
  '/tenant-a/.well-known/openid-configuration',
];

export const claimsOfTokens: Attack[] = [
  defineAttack<{ iss: unknown }>({
    id: 'iss-another-tenant',
    title: 'A token of another tenant',
    level: 'core',
    story:
      'All tenants of a provider sign with the same keys, as they do at Entra ID. The attacker has a tenant as well, names your server in it, makes a user with whatever id and gets a token with a right signature.',
    secureAnswer: '401: `iss` is not the issuer that the operator has written down.',
    lessonAnchor: 'which-issuer',
    references: [mcpTokens, rfc(9068, '4'), cwe(346, 'Origin Validation Error')],
    payload: z.strictObject({ iss: z.unknown() }),
    ordinaryUse: acceptsProvider,
    variants: {
      'its own': { iss: '{{host}}/tenant-b' },
      'beginning like ours': { iss: '{{issuer}}-b' },
      'with a slash more': { iss: '{{issuer}}/' },
      'in capitals': { iss: '{{host}}/TENANT-A' },
      'the whole host': { iss: '{{host}}' },
      'a list': { iss: ['{{issuer}}', '{{host}}/tenant-b'] },
      'with a character that nobody sees': { iss: '{{issuer}}\u200B' },
      none: { iss: null },
    },
    fire: ({ iss }, lab) =>
      tryShape(lab, { kind: 'rfc9068', claims: { iss }, header: {} }, 'a token of another tenant'),
  }),

  defineAttack<Shaped>({
    id: 'iss-another-audience',
    title: 'A token for another server',
    level: 'core',
    story:
      'The same provider serves many servers. One of them is the attacker’s, or is careless with the tokens that it gets. It uses such a token here.',
    secureAnswer: '401: we are not in `aud`, as the text or as one of the list.',
    lessonAnchor: 'whose-token-it-is',
    references: [mcpTokens, rfc(7519, '4.1.3'), rfc(8707, '2')],
    payload: shaped,
    ordinaryUse: acceptsProvider,
    variants: {
      'for another': { kind: 'rfc9068', claims: { aud: 'https://mail.example' }, header: {} },
      'for several others': {
        kind: 'auth0',
        claims: { aud: ['https://mail.example', '{{host}}/userinfo'], azp: 'app' },
        header: { typ: 'JWT' },
      },
      'for nobody': {
        kind: 'keycloak',
        claims: { aud: null, azp: 'app', typ: 'Bearer' },
        header: { typ: 'JWT' },
      },
      'for an empty list': { kind: 'rfc9068', claims: { aud: [] }, header: {} },
      'Cognito without resource binding': {
        kind: 'cognito',
        claims: { aud: null, token_use: 'access', scope: '{{audience}}/weather:read' },
        header: { typ: null },
      },
      'a path further down': { kind: 'rfc9068', claims: { aud: '{{audience}}/admin' }, header: {} },
      'ours and another in one text': {
        kind: 'rfc9068',
        claims: { aud: '{{audience}} https://mail.example' },
        header: {},
      },
      'a longer name in a list': {
        kind: 'hydra',
        claims: { aud: ['{{audience}}2'], scp: ['weather:read'] },
        header: { typ: 'JWT' },
      },
      'in capitals': { kind: 'rfc9068', claims: { aud: '{{shouted}}' }, header: {} },
      'with a slash more': { kind: 'rfc9068', claims: { aud: '{{audience}}/' }, header: {} },
      'with a character that nobody sees': {
        kind: 'rfc9068',
        claims: { aud: ['{{audience}}\u200B'] },
        header: {},
      },
      'for our resource, where we have another name': {
        kind: 'entra',
        audience: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
        claims: { aud: '{{resource}}', azp: 'app', scp: 'weather:read', scope: null },
        header: { typ: 'JWT' },
      },
    },
    fire: (payload, lab) => tryShape(lab, payload, 'a token for another server'),
  }),

  defineAttack<Shaped>({
    id: 'iss-client-for-audience',
    title: 'A client with the name of this server',
    level: 'core',
    story:
      'The token is for another server. But it says in `azp`, `client_id` or elsewhere who asked for it, and that client has the name by which this server is known: because one registration serves as both, or because the attacker could choose it.',
    secureAnswer: '401: who asked for a token is not for whom it is.',
    lessonAnchor: 'whose-token-it-is',
    references: [
      mcpTokens,
      link(
        'OpenID Connect Core 1.0 §2, azp',
        'https://openid.net/specs/openid-connect-core-1_0.html#IDToken',
      ),
      rfc(9068, '2.2'),
    ],
    payload: shaped,
    ordinaryUse: acceptsProvider,
    variants: {
      'azp at Keycloak, without aud': {
        kind: 'keycloak',
        claims: { aud: null, azp: '{{audience}}', typ: 'Bearer' },
        header: { typ: 'JWT' },
      },
      'azp at Keycloak, for the account': {
        kind: 'keycloak',
        claims: { aud: 'account', azp: '{{audience}}', typ: 'Bearer' },
        header: { typ: 'JWT' },
      },
      'azp at Entra ID': {
        kind: 'entra',
        claims: {
          aud: '00000003-0000-0000-c000-000000000000',
          azp: '{{audience}}',
          scp: 'weather:read',
          scope: null,
        },
        header: { typ: 'JWT' },
      },
      'client_id at Cognito': {
        kind: 'cognito',
        claims: {
          aud: null,
          client_id: '{{audience}}',
          token_use: 'access',
          scope: '{{audience}}/weather:read',
        },
        header: { typ: null },
      },
      'cid at Okta': {
        kind: 'okta',
        claims: { aud: 'api://default', cid: '{{audience}}', scp: ['weather:read'], scope: null },
        header: { typ: null },
      },
      client_id: {
        kind: 'rfc9068',
        claims: { aud: 'https://mail.example', client_id: '{{audience}}' },
        header: {},
      },
      'resource_access at Keycloak': {
        kind: 'keycloak',
        claims: {
          aud: 'account',
          azp: 'app',
          typ: 'Bearer',
          resource_access: { '{{audience}}': { roles: ['user'] } },
          resource: '{{audience}}',
        },
        header: { typ: 'JWT' },
      },
    },
    fire: (payload, lab) => tryShape(lab, payload, 'a token that a client of our name asked for'),
  }),

  defineAttack<Shaped>({
    id: 'iss-id-token',
    title: 'An ID token',
    level: 'core',
    story:
      'An ID token tells a client who has signed in, and many clients hand it to their own backend and log it. Client and server are one registration here, or a mapper writes into both kinds of token, so that audience and scopes fit as well.',
    secureAnswer:
      '401. How access tokens differ from ID tokens, each kind of provider says in its own way.',
    lessonAnchor: 'access-tokens-only',
    references: [mcpTokens, rfc(9068, '2.1'), rfc(8725, '3.11')],
    payload: shaped,
    ordinaryUse: acceptsProvider,
    variants: {
      'of Keycloak': {
        kind: 'keycloak',
        claims: { typ: 'ID', azp: 'app', nonce: 'n-0S6', at_hash: 'fPls' },
        header: { typ: 'JWT' },
      },
      'of Cognito': {
        kind: 'cognito',
        claims: { token_use: 'id', scope: '{{audience}}/weather:read', email: 'a@example.com' },
        header: { typ: null },
      },
      'of Okta': {
        kind: 'okta',
        claims: { client_id: null, azp: 'app', scp: ['weather:read'], at_hash: 'fPls' },
        header: { typ: null },
      },
      'of Zitadel': {
        kind: 'zitadel',
        claims: {
          jti: null,
          azp: 'app',
          'urn:zitadel:iam:org:project:{{audience}}:roles': {
            'weather:read': { 42: 'example.com' },
          },
        },
        header: { typ: 'JWT' },
      },
      'of a provider by RFC 9068': {
        kind: 'rfc9068',
        claims: { nonce: 'n-0S6', at_hash: 'fPls' },
        header: { typ: 'JWT' },
      },
      'of a provider by RFC 9068, without a type': {
        kind: 'rfc9068',
        claims: {},
        header: { typ: null },
      },
    },
    fire: (payload, lab) => tryShape(lab, payload, 'an ID token'),
  }),

  defineAttack<Shaped>({
    id: 'iss-scopes-of-another',
    title: 'Scopes of another server',
    level: 'core',
    story:
      'The token is for this server, and lists scopes of others beside ours: at Cognito each has the name of its server in front, Zitadel lists roles of the client’s project too, and elsewhere a rule of somebody’s has added a claim. There the attacker is an administrator.',
    secureAnswer: '403: here the token may read the weather.',
    lessonAnchor: 'scopes-under-many-names',
    references: [rfc(6749, '3.3'), cwe(863, 'Incorrect Authorization')],
    payload: shaped,
    ordinaryUse: acceptsProvider,
    variants: {
      'of another server at Cognito': {
        kind: 'cognito',
        claims: {
          token_use: 'access',
          scope: '{{audience}}/weather:read https://other.example/weather:admin',
        },
        header: { typ: null },
      },
      'of a longer name at Cognito': {
        kind: 'cognito',
        claims: {
          token_use: 'access',
          scope:
            '{{audience}}/weather:read {{audience}}/old/weather:admin {{audience}}2/weather:admin',
        },
        header: { typ: null },
      },
      'without a name at Cognito': {
        kind: 'cognito',
        claims: { token_use: 'access', scope: '{{audience}}/weather:read weather:admin' },
        header: { typ: null },
      },
      'of the client’s project at Zitadel': {
        kind: 'zitadel',
        claims: {
          'urn:zitadel:iam:org:project:{{audience}}:roles': {
            'weather:read': { 42: 'example.com' },
          },
          'urn:zitadel:iam:org:project:roles': { 'weather:admin': { 42: 'example.com' } },
          scope: 'weather:admin',
        },
        header: { typ: 'JWT' },
      },
      'of another project at Zitadel': {
        kind: 'zitadel',
        claims: {
          'urn:zitadel:iam:org:project:{{audience}}:roles': {
            'weather:read': { 42: 'example.com' },
          },
          'urn:zitadel:iam:org:project:99:roles': { 'weather:admin': { 42: 'example.com' } },
          scope: 'weather:admin',
        },
        header: { typ: 'JWT' },
      },
      'of the client’s project alone, at Zitadel': {
        kind: 'zitadel',
        claims: {
          'urn:zitadel:iam:org:project:roles': { 'weather:admin': { 42: 'example.com' } },
          scope: 'weather:admin',
        },
        header: { typ: 'JWT' },
      },
      'in a claim that somebody has added at Okta': {
        kind: 'okta',
        claims: { cid: 'app', scp: ['weather:read'], scope: 'weather:admin' },
        header: { typ: null },
      },
      'in a claim that somebody has added at Auth0': {
        kind: 'auth0',
        claims: { azp: 'app', scope: 'weather:read', scp: ['weather:admin'] },
        header: { typ: 'JWT' },
      },
    },
    fire: (payload, lab) => tryShape(lab, payload, 'scopes of another server', 'list_all_alerts'),
  }),

  defineAttack<{ claims: Record<string, unknown>; kind: ProviderKind }>({
    id: 'iss-name-as-user',
    title: 'The mail address of somebody else',
    level: 'core',
    story:
      'At many providers a user writes the own mail address, name or user name. The attacker writes the victim’s. Whoever knows users by it takes the one for the other. At Entra ID this was found in 2023 and called nOAuth.',
    secureAnswer:
      'The user is `sub`, at that issuer, as it stands. The victim’s alerts are not the attacker’s.',
    lessonAnchor: 'who-the-user-is',
    references: [
      link(
        'OpenID Connect Core 1.0 §5.7',
        'https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability',
      ),
      cwe(290, 'Authentication Bypass by Spoofing'),
    ],
    payload: z.strictObject({ kind: kinds, claims: z.record(z.string().max(40), z.unknown()) }),
    ordinaryUse: acceptsProvider,
    variants: {
      'as mail address': { kind: 'rfc9068', claims: { email: '{{victim}}', email_verified: true } },
      'as preferred user name': { kind: 'rfc9068', claims: { preferred_username: '{{victim}}' } },
      'as both': {
        kind: 'rfc9068',
        claims: { email: '{{victim}}', preferred_username: '{{victim}}', name: '{{victim}}' },
      },
      'in capitals as sub': {
        kind: 'rfc9068',
        claims: { sub: '{{shouted}}', email: '{{victim}}' },
      },
      'with a space as sub': {
        kind: 'rfc9068',
        claims: { sub: '{{victim}} ', email: '{{victim}}' },
      },
      'in another form of Unicode as sub': {
        kind: 'rfc9068',
        claims: { sub: '{{wide}}', email: '{{victim}}' },
      },
    },
    async fire({ kind, claims }, lab) {
      const provider = await openProvider(lab, { kind });
      const victim = `vera-${lab.nonce}@example.com`;
      const victims = await provider.token({
        sub: victim,
        email: victim,
        preferred_username: victim,
      });
      const theirs = await provider.token({
        sub: `mallory-${lab.nonce}`,
        ...fill(claims, { victim, ...lookalikesOf(victim) }),
      });
      return tryTheirAlert(lab, victims, theirs);
    },
  }),

  defineAttack<{ sub: string | null }>({
    id: 'iss-nobody',
    title: 'A token of nobody',
    level: 'core',
    story:
      'Some providers give programs tokens without a user. Whoever makes a text of what is not there has a user called undefined, and all these programs are that one user, with the alerts of each other.',
    secureAnswer: '401: an access token says whose it is.',
    lessonAnchor: 'who-the-user-is',
    references: [rfc(9068, '2.2'), cwe(287, 'Improper Authentication')],
    payload: z.strictObject({ sub: z.string().max(100).nullable() }),
    ordinaryUse: acceptsProvider,
    variants: { 'without sub': { sub: null }, 'with an empty sub': { sub: '' } },
    fire: ({ sub }, lab) =>
      tryShape(lab, { kind: 'rfc9068', claims: { sub }, header: {} }, 'a token of nobody'),
  }),

  defineAttack<{ subject: string }>({
    id: 'iss-namesake',
    title: 'A user of the provider called like one of ours',
    level: 'core',
    story:
      'The server has users of its own beside those of the provider. The attacker has themselves called at the provider as one of ours is called here.',
    secureAnswer: 'A `sub` is unique at its issuer only. The alerts of our user are not theirs.',
    lessonAnchor: 'who-the-user-is',
    references: [rfc(7519, '4.1.2'), cwe(290, 'Authentication Bypass by Spoofing')],
    payload: z.strictObject({ subject: z.string().min(1).max(100) }),
    ordinaryUse: acceptsProvider,
    variants: { alice: { subject: 'alice' }, 'a number': { subject: '1' } },
    async fire({ subject }, lab) {
      const provider = await openProvider(lab);
      const ours = await lab.mint({ claims: { sub: subject } });
      return tryTheirAlert(lab, ours, await provider.token({ sub: subject }));
    },
  }),
];

/** Other texts that some forms of comparison take for this one. */
const lookalikesOf = (text: string): Record<string, string> => ({
  shouted: text.toUpperCase(),
  wide: text.replace('@', '\uFF20'),
});

/** Saves an alert as one user, and deletes it as the other. */
async function tryTheirAlert(lab: LabSession, victims: string, theirs: string): Promise<Findings> {
  const alert = { city: 'Paris', text: 'Storm' };
  const saved = await lab.call('save_alert', alert, {
    token: victims,
    label: 'the victim’s alert',
  });
  const id = idOf(saved);
  if (id === undefined) throw new StepFailed(`No alert was saved: ${describeReply(saved)}`);
  const reply = await lab.call('delete_alert', { id }, { token: theirs, label: 'their alert' });
  const isDone = (await hasRun(lab, reply)) && succeeded(reply);
  return { breaches: isDone ? ['Somebody else’s alert was deleted.'] : [], complaints: [] };
}

function idOf(reply: LabReply): number | undefined {
  const { result } = (reply.json ?? {}) as { result?: { structuredContent?: { id?: number } } };
  return result?.structuredContent?.id;
}
