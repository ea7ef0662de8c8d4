import type { JWTPayload } from 'jose';
import type {
  ProviderKind,
  ReadProviderClaims,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The table is nothing but names and values, and one reader takes texts, lists and objects alike.';

type Needed = readonly [claim: string, value?: string];
const table: Record<ProviderKind, readonly [needed: Needed, client: string, scopes: string]> = {
  rfc9068: [['client_id'], 'client_id', 'scope'],
  keycloak: [['typ', 'Bearer'], 'azp', 'scope'],
  entra: [['scp'], 'azp', 'scp'],
  auth0: [['scope'], 'azp', 'scope'],
  okta: [['cid'], 'cid', 'scp'],
  cognito: [['token_use', 'access'], 'client_id', 'scope'],
  zitadel: [['jti'], 'client_id', 'urn:zitadel:iam:org:project:AUDIENCE:roles'],
  hydra: [['client_id'], 'client_id', 'scp'],
};

function wordsOf(value: JWTPayload[string]): string[] {
  if (typeof value === 'string') return value.split(/\s+/);
  if (Array.isArray(value)) return value.map(String);
  return value && typeof value === 'object' ? Object.keys(value) : [];
}

export const readProviderClaims: ReadProviderClaims = ({ header, claims }, external) => {
  const fail = (): never => {
    throw new InvalidTokenError('No access token for this server.');
  };
  const { kind, issuer, audience } = external;
  const [[claim, value], client, scopes] = table[kind];
  if (claims.iss !== issuer || !wordsOrOne(claims.aud).includes(audience)) fail();
  if (value === undefined ? claims[claim] === undefined : claims[claim] !== value) fail();
  if (kind === 'rfc9068' && !header.typ?.toLowerCase().endsWith('at+jwt')) fail();
  const clientId = claims[client] ?? claims.azp;
  const { sub: subject } = claims;
  if (typeof clientId !== 'string' || !subject) return fail();
  const prefix = kind === 'cognito' ? `${audience}/` : '';
  return {
    issuer,
    subject,
    clientId,
    scopes: wordsOf(claims[scopes.replace('AUDIENCE', audience)])
      .filter((one) => one.startsWith(prefix))
      .map((one) => one.slice(prefix.length)),
  };
};

const wordsOrOne = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
