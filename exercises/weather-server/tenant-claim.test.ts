import { UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { tenantIn } from './tenant-claim.ts';

const ISSUER = 'https://login.example';
const tokenWith = (claims: Record<string, unknown>): string => new UnsecuredJWT(claims).encode();

test('reads the tenant together with the issuer that named it', () => {
  expect(tenantIn(tokenWith({ sub: 'alice', org_id: 'acme' }), ISSUER)).toEqual({
    issuer: ISSUER,
    id: 'acme',
  });
});

test('keeps the name as it is spelled', () => {
  expect(tenantIn(tokenWith({ org_id: ' Acme/EU:1 ' }), ISSUER)?.id).toBe(' Acme/EU:1 ');
});

test.each([
  ['no claim', {}],
  ['an empty name', { org_id: '' }],
  ['a number', { org_id: 7 }],
  ['a list', { org_id: ['acme', 'globex'] }],
  ['an object', { org_id: { id: 'acme' } }],
  ['a claim of another name', { tenant: 'acme', organization: 'acme' }],
])('%s names no tenant', (_what, claims) => {
  expect(tenantIn(tokenWith(claims), ISSUER)).toBeUndefined();
});

test.each(['', 'opaque', 'a.b.c', '..'])('%j, which is no JWT, names no tenant', (token) => {
  expect(tenantIn(token, ISSUER)).toBeUndefined();
});
