import { mcp, rfc } from '../../catalogue/attacks/references.ts';
import type { Defect, Expected } from './shared.ts';

type Claims = Record<string, unknown>;

export const claimDefects = (claims: Claims, now: number, expected: Expected): Defect[] => [
  ...originDefects(claims, expected),
  ...timeDefects(claims, now),
  ...missingClaims(claims),
  ...scopeDefects(claims, expected),
];

function originDefects({ iss, aud }: Claims, { issuer, resource }: Expected): Defect[] {
  const defects: Defect[] = [];
  if (iss !== issuer) {
    defects.push({
      what: iss === undefined ? 'it names no issuer' : 'its issuer is another',
      why: 'The issuer is compared, character by character, with the one that the server was configured with. Others may sign with the same key.',
      references: [rfc(9068, '4'), rfc(7519, '4.1.1')],
      status: 401,
    });
  }
  if (!(Array.isArray(aud) ? aud : [aud]).includes(resource)) {
    defects.push({
      what: aud === undefined ? 'it names no audience' : 'its audience is another',
      why: 'A server takes only tokens that name it, alone or in a list. Otherwise every service that a user gives a token to could act as that user here.',
      references: [
        rfc(9068, '4'),
        rfc(7519, '4.1.3'),
        mcp('basic/authorization', 'token-handling', 'Token Handling'),
      ],
      status: 401,
    });
  }
  return defects;
}

function timeDefects({ exp, nbf, iat }: Claims, now: number): Defect[] {
  const defects: Omit<Defect, 'status'>[] = [];
  if (typeof exp !== 'number') {
    defects.push({
      what: exp === undefined ? 'it never expires' : 'its expiry is not a number',
      why: 'An access token must have an expiry, in seconds. Many libraries compare one only if it is there.',
      references: [rfc(9068, '2.2'), rfc(7519, '4.1.4')],
    });
  } else if (exp <= now) {
    defects.push({
      what: 'it has expired',
      why: 'From `exp` on, a token is not accepted, whoever has kept it. A few seconds of leeway for clocks that differ are usual.',
      references: [rfc(9068, '4'), rfc(7519, '4.1.4')],
    });
  }
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= now)) {
    defects.push({
      what: typeof nbf === 'number' ? 'it is not valid yet' : 'its `nbf` is not a number',
      why: 'Before `nbf` a token is not accepted.',
      references: [rfc(7519, '4.1.5')],
    });
  }
  if (typeof iat !== 'number') {
    defects.push({
      what: 'it does not say when it was issued',
      why: 'An access token says when it was issued, as a number of seconds.',
      references: [rfc(9068, '2.2'), rfc(7519, '4.1.6')],
    });
  }
  return defects.map((defect) => ({ ...defect, status: 401 }));
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

function missingClaims({ sub, client_id, jti }: Claims): Defect[] {
  const missing: Omit<Defect, 'references' | 'status'>[] = [];
  if (!isText(sub)) {
    missing.push({
      what: 'it names no subject',
      why: 'Without a subject, nobody can say who is calling, and whose data this is.',
    });
  }
  if (!isText(client_id)) {
    missing.push({
      what: 'it names no client',
      why: 'Without a client, nobody can say which program the user gave this token to.',
    });
  }
  if (jti === undefined) {
    missing.push({
      what: 'it has no id',
      why: 'An access token has an id, so that one token can be told from another in a log.',
    });
  }
  return missing.map((defect) => ({ ...defect, references: [rfc(9068, '2.2')], status: 401 }));
}

function scopeDefects({ scope = '' }: Claims, { scope: needed, scopesSupported }: Expected) {
  const defects: Defect[] = [];
  if (typeof scope !== 'string') {
    defects.push({
      what: 'its scopes are not a text',
      why: 'Scopes are one text with blanks between them. A list, or anything else, is no list of scopes.',
      references: [rfc(9068, '2.2.3'), rfc(8693, '4.2')],
      status: 401,
    });
    return defects;
  }
  const rank = scopesSupported.indexOf(needed);
  if (!scope.split(' ').some((granted) => scopesSupported.indexOf(granted) >= rank)) {
    defects.push({
      what: 'its scopes do not include this tool',
      why: `The token is good, but not for this tool, which needs ${needed}. The answer is 403 with insufficient_scope, so that the client asks its user for more (topic 06).`,
      references: [
        rfc(6750, '3.1'),
        mcp('basic/authorization', 'scope-challenge-handling', 'Scope Challenge Handling'),
      ],
      status: 403,
    });
  }
  return defects;
}
