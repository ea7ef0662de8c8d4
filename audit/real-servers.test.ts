/** The insecure weather server, the reference, and a server from the SDK alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  serveBaseline,
  serveReference,
  type ServedReference,
} from '../catalogue/serve-reference.ts';
import { auditServer, exitCodeOf, type AuditResult, type JudgedItem } from './audit-server.ts';
import { serveSdk } from './made-server/sdk-server.ts';
import { LIMITS } from './polite-client.ts';

const audit = (url: string | URL, token?: string): Promise<AuditResult> =>
  auditServer({ url: new URL(url), token, limits: { pause: 0 } });

const idsOf = ({ items }: AuditResult, state: JudgedItem['state']): string[] =>
  items.filter((item) => item.state === state).map(({ id }) => id);

describe('the reference', () => {
  let reference: ServedReference;
  beforeAll(async () => {
    reference = await serveReference();
  });
  afterAll(() => reference.close());

  test('fails nothing, and without a token nothing is said about what lies behind it', async () => {
    const result = await audit(reference.config.resource);
    expect(idsOf(result, 'fail')).toEqual([]);
    expect(idsOf(result, 'cannot-tell')).toContain('altered-token-refused');
    expect(idsOf(result, 'cannot-tell')).toContain('version-refused');
    expect(result.token).toBe('none');
    expect(result.requests).toBeLessThanOrEqual(LIMITS.requests);
    expect(exitCodeOf(result, 'low')).toBe(0);
  });

  test('fails nothing with a token either, and shows more', async () => {
    const token = await reference.token('alice');
    const result = await audit(reference.config.resource, token);
    expect(idsOf(result, 'fail')).toEqual([]);
    expect(exitCodeOf(result, 'medium')).toBe(0);
    expect(idsOf(result, 'pass')).toEqual(
      expect.arrayContaining(['altered-token-refused', 'query-token-ignored', 'version-refused']),
    );
    expect(result.revisions).toEqual(['2025-11-25', '2026-07-28']);
    expect(idsOf(result, 'pass')).toContain('discover-implemented');
    expect(result.token).toBe('accepted');
    expect(result.requests).toBeLessThanOrEqual(LIMITS.requests);
    expect(JSON.stringify(result)).not.toContain(token.split('.')[2]);
  });

  test('fails nothing with a token that is not accepted', async () => {
    const result = await audit(reference.config.resource, 'a.token.of-somebody-else');
    expect(idsOf(result, 'fail')).toEqual([]);
    expect(result.token).toBe('not accepted');
  });
});

test('the insecure server fails what the course mends, and runs no tool', async () => {
  const baseline = await serveBaseline();
  const result = await audit(baseline.config.resource);
  const kinds = new Set(baseline.world.tape.entries().map(({ kind }) => kind));
  await baseline.close();
  expect(
    ['tool', 'sql', 'shell', 'file', 'upstream', 'web'].filter((kind) => kinds.has(kind as never)),
  ).toEqual([]);
  expect(idsOf(result, 'fail')).toEqual([
    'no-sniffing',
    'no-framing',
    'software-unnamed',
    'origin-validated',
    'cors-known-readers',
    'host-validated',
    'json-only',
    'body-limited',
    'errors-tell-nothing',
    'token-asked-for',
    'made-up-token-refused',
    'authorization-servers-named',
    'metadata-from-configuration',
    'pkce-s256',
    'issuer-in-answers-offered',
    'client-documents-offered',
    'version-refused',
    'one-message',
    'header-mismatch-refused',
    'header-missing-refused',
  ]);
  expect(exitCodeOf(result, 'medium')).toBe(1);
});

test('of a server from the SDK alone it says what the SDK leaves to you', async () => {
  const sdk = await serveSdk();
  const result = await audit(sdk.url, sdk.token);
  sdk.close();
  expect(idsOf(result, 'fail')).toEqual([
    'no-sniffing',
    'no-framing',
    'software-unnamed',
    'origin-validated',
    'errors-tell-nothing',
    'challenge-scope',
    'challenge-without-error',
    'issuer-in-answers-offered',
    'client-documents-offered',
    'registered-redirects-safe',
    'state-returned',
    'one-message',
  ]);
  expect(idsOf(result, 'pass')).toEqual(
    expect.arrayContaining(['session-is-no-token', 'host-validated', 'issuer-identical']),
  );
  expect(result.requests).toBeLessThanOrEqual(LIMITS.requests);
});
