/**
 * The token bench: what it makes, and that it finds wrong exactly what the reference refuses.
 *
 * @module-tag long
 */
import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Lab } from '../../lab/lab.ts';
import type { TargetSpec } from '../../lab/target-spec.ts';
import { runTokenStudy, type StudyOrder } from '../../studies/tokens/run-token-study.ts';
import { signings, tools, type TokenChanges } from '../../studies/tokens/shared.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

const asItIs: TokenChanges = { header: {}, claims: {}, signing: 'kept' };
const mistakeOf = (name: string): TargetSpec => ({
  kind: 'solution',
  topic: '05-access-tokens',
  file: 'proof/wrong-solutions/05-access-tokens/mistakes-verify-access-token.ts',
  name,
});
const fire = (kind: 'baseline' | 'reference', order: Partial<StudyOrder>) =>
  fireAt({ kind }, order);
const fireAt = (spec: TargetSpec, order: Partial<StudyOrder>) =>
  lab.study(spec, (session) =>
    runTokenStudy(session, {
      user: 'alice',
      changes: asItIs,
      tool: 'get_weather',
      present: true,
      ...order,
    }),
  );

describe('a real token', () => {
  test.each(['baseline', 'reference'] as const)('works at the %s as it is', async (kind) => {
    const { real, made, defects, presented, faults } = await fire(kind, { user: 'bob' });
    expect(made).toMatchObject({ ...real, signedHow: 'authorization-server' });
    expect(decodeJwt(made.token)).toEqual(real.claims);
    expect(defects).toEqual([]);
    expect(presented?.ran).toEqual({ tool: 'get_weather', subject: 'bob' });
    expect(presented?.fetched).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('is only made if asked so', async () => {
    expect((await fire('reference', { present: false })).presented).toBeUndefined();
  });
});

test('alg none makes an administrator at the insecure server, and a 401 at the reference', async () => {
  const order: Partial<StudyOrder> = {
    changes: {
      header: {},
      claims: { sub: 'admin', scope: 'weather:admin' },
      signing: 'nobody',
    },
    tool: 'list_all_alerts',
  };
  const weak = await fire('baseline', order);
  expect(weak.made.header.alg).toBe('none');
  expect(weak.presented?.ran).toEqual({ tool: 'list_all_alerts', subject: 'admin' });
  expect(weak.defects.map(({ what }) => what)).toEqual([
    'nobody signed it',
    'its algorithm is “none”',
  ]);
  const right = await fire('reference', order);
  expect(right.presented?.ran).toBeUndefined();
  expect(right.presented?.error).toBe('invalid_token');
  expect(right.presented?.exchange.response.status).toBe(401);
});

describe('a server with one mistake believes what is made for it', () => {
  const admin = { sub: 'admin', scope: 'weather:admin' };
  const believed = [
    ['published-key-as-secret', 'public-key-jwk'],
    ['key-from-the-token', 'own-key-in-jwk'],
    ['subject-is-the-client', 'authorization-server'],
  ] as const;
  test.each(believed)('%s: %s', async (mistake, signing) => {
    const { presented } = await fireAt(mistakeOf(mistake), {
      changes: { header: {}, claims: { ...admin, client_id: 'admin' }, signing },
    });
    expect(presented?.ran?.subject).toBe('admin');
  });

  test('or is sent to fetch its key', async () => {
    const { presented } = await fireAt(mistakeOf('key-set-from-the-token'), {
      changes: { header: {}, claims: admin, signing: 'own-key-at-jku' },
    });
    expect(presented?.ran).toBeUndefined();
    expect(presented?.fetched).toEqual([expect.stringMatching(/^GET .*\/jwks\.json$/)]);
  });
});

test('no private key leaves the grader', async () => {
  for (const signing of signings) {
    const report = await fire('reference', { changes: { header: {}, claims: {}, signing } });
    expect(JSON.stringify(report)).not.toMatch(/\\*"d\\*":|PRIVATE/);
    expect(JSON.stringify(report.made.header)).not.toContain('"d"');
  }
});

test('times are those of the server, and what is kept stays as it was', async () => {
  const claims = { exp: '{{now-3600}}', jti: null, scope: '{{now}} and then' };
  const { now, real, made } = await fire('reference', {
    changes: { header: {}, claims, signing: 'kept' },
    present: false,
  });
  expect(Math.abs(Number(made.claims.exp) - (now - 3600))).toBeLessThan(30);
  expect(made.claims.scope).toBe('{{now}} and then');
  expect(Object.keys(made.claims)).toEqual(
    Object.keys(real.claims).filter((name) => name !== 'jti'),
  );
  expect(made.signedHow).toBe('kept');
});

test('a token that no server would read is not sent', async () => {
  const claims = { many: Array.from({ length: 500 }, () => '{{oob}}') };
  await expect(
    fire('reference', { changes: { ...asItIs, claims, signing: 'own-key' } }),
  ).rejects.toThrow(/takes about/);
});

/** Values that are right, nearly right, and odd. Times keep away from the moment that decides. */
const odd = fc.constantFrom<unknown[]>(null, '', 0, 7, true, [], ['x'], {}, 'x', '{{issuer}}/');
const member = (...near: unknown[]) => fc.oneof(fc.constantFrom(...near), odd);
const times = ['{{now-3600}}', '{{now-60}}', '{{now+60}}', '{{now+3600}}'];
/** Mostly one member or two: with more, everything is refused. */
const some = (members: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .uniqueArray(fc.constantFrom(...Object.keys(members)), { maxLength: 2 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, members[name]!]))));

const recipes = fc.record({
  tool: fc.constantFrom(...tools),
  changes: fc.record({
    signing: fc.oneof(
      { weight: 3, arbitrary: fc.constant('authorization-server' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...signings) },
    ),
    header: some({
      alg: member('ES256', 'none', 'HS256'),
      typ: member('at+jwt', 'AT+JWT', 'application/at+jwt', 'JWT'),
      kid: member('{{kid}}', ['{{kid}}']),
      crit: member(['b64'], ['b64', 'x']),
      b64: fc.boolean(),
      jwk: member('{{attackerJwk}}'),
    }),
    claims: some({
      iss: member('{{issuer}}', 'https://login.other.example'),
      aud: member('{{resource}}', ['a', '{{resource}}'], '{{resource}}2', { x: '{{resource}}' }),
      sub: member('admin', ' '),
      client_id: member('client'),
      jti: member('id'),
      exp: member(...times),
      nbf: member(...times),
      iat: member(...times),
      scope: member(
        'weather:admin',
        'weather:read weather:write',
        'weather',
        ' weather:write ',
        'weather:read\tweather:admin',
      ),
    }),
  }),
});

test('the reference runs a tool exactly if nothing is wrong, and answers what was said', async () => {
  await fc.assert(
    fc.asyncProperty(recipes, async (recipe) => {
      const { defects, presented } = await fire('reference', recipe);
      const { response } = presented!.exchange;
      const expected =
        defects.length === 0 ? 200 : Math.min(...defects.map(({ status }) => status));
      expect(response.status, JSON.stringify(defects)).toBe(expected);
      expect(presented!.ran !== undefined).toBe(defects.length === 0);
      if (expected === 401) expect(presented!.error).toBe('invalid_token');
      if (expected === 403) expect(presented!.error).toBe('insufficient_scope');
      expect(presented!.fetched).toEqual([]);
    }),
    { numRuns: 120 },
  );
});
