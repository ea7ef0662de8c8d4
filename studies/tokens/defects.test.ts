import { describe, expect, test } from 'vitest';
import { defectsOf } from './defects.ts';
import { signings, type Expected, type Signing } from './shared.ts';

const expected: Expected = {
  issuer: 'http://127.0.0.1:3001',
  resource: 'http://127.0.0.1:3001/mcp',
  keyId: 'key-1',
  scope: 'weather:read',
  scopesSupported: ['weather:read', 'weather:write', 'weather:admin'],
};
const now = 1_800_000_000;
const header = { alg: 'ES256', typ: 'at+jwt', kid: 'key-1' };
const claims = {
  iss: expected.issuer,
  sub: 'alice',
  aud: expected.resource,
  client_id: 'client',
  scope: 'weather:read',
  jti: 'id',
  iat: now,
  exp: now + 300,
};
const whatIsWrong = (
  changes: { header?: object; claims?: object; signedHow?: Signing },
  scope = expected.scope,
): string[] =>
  defectsOf(
    { ...header, ...changes.header },
    { ...claims, ...changes.claims },
    changes.signedHow ?? 'authorization-server',
    now,
    { ...expected, scope },
  ).map(({ what }) => what);

test('an ordinary access token has no defects, nor one with members that nothing depends on', () => {
  expect(whatIsWrong({})).toEqual([]);
  expect(
    whatIsWrong({
      header: { typ: 'application/AT+JWT', kid: undefined, jwk: {}, crit: ['b64'], b64: true },
      claims: { aud: ['https://maps.example', expected.resource], nbf: now, nonce: 'n' },
    }),
  ).toEqual([]);
});

describe('one defect', () => {
  test.each([
    ['its algorithm is “none”', { alg: 'nOnE' }],
    ['its algorithm is not ES256', { alg: 'HS256' }],
    ['its algorithm is not ES256', { alg: undefined }],
    ['its type is not that of an access token', { typ: 'JWT' }],
    ['its key id names no key of the authorization server', { kid: ['key-1'] }],
    ['it demands an extension that nobody here knows', { crit: ['b64'], b64: false }],
    ['it demands an extension that nobody here knows', { crit: [] }],
  ])('in the header: %s', (what, changed) => {
    expect(whatIsWrong({ header: changed })).toEqual([what]);
  });

  test.each([
    ['it names no issuer', { iss: undefined }],
    ['its issuer is another', { iss: `${expected.issuer}/` }],
    ['it names no audience', { aud: undefined }],
    ['its audience is another', { aud: `${expected.resource}2` }],
    ['its audience is another', { aud: [] }],
    ['it never expires', { exp: undefined }],
    ['its expiry is not a number', { exp: String(now + 300) }],
    ['it has expired', { exp: now }],
    ['it is not valid yet', { nbf: now + 1 }],
    ['its `nbf` is not a number', { nbf: 'soon' }],
    ['it does not say when it was issued', { iat: undefined }],
    ['it names no subject', { sub: '' }],
    ['it names no client', { client_id: 7 }],
    ['it has no id', { jti: undefined }],
    ['its scopes are not a text', { scope: ['weather:read'] }],
    ['its scopes do not include this tool', { scope: undefined }],
    ['its scopes do not include this tool', { scope: 'Weather:Read' }],
  ])('in the claims: %s', (what, changed) => {
    expect(whatIsWrong({ claims: changed })).toEqual([what]);
  });

  test('in the signature, unless the authorization server made it', () => {
    for (const signedHow of signings) {
      expect(whatIsWrong({ signedHow }), signedHow).toHaveLength(
        signedHow === 'authorization-server' ? 0 : 1,
      );
    }
  });
});

test('a scope includes the ones before it, and no others', () => {
  expect(whatIsWrong({ claims: { scope: 'weather:admin' } }, 'weather:write')).toEqual([]);
  expect(whatIsWrong({}, 'weather:write')).toEqual(['its scopes do not include this tool']);
});

test('everything wrong is listed, with a reference and the status to answer', () => {
  const defects = defectsOf({}, {}, 'nobody', now, expected);
  expect(defects.map(({ status }) => status)).toEqual([...Array(10).fill(401), 403]);
  for (const { why, references } of defects) {
    expect(why).toMatch(/\.$/);
    expect(references).not.toEqual([]);
  }
});
