/**
 * Each requirement against a server that meets all of them, and one that misses just that one.
 *
 * @module-tag long
 */
import { afterEach, describe, expect, test } from 'vitest';
import { auditServer, judge, type AuditResult, type JudgedItem } from './audit-server.ts';
import { requirements } from './checklist.ts';
import { ANOTHER_ADDRESS, serveMade, type MadeServer } from './made-server/made-server.ts';
import {
  MADE_BAD_TOKEN,
  MADE_REFRESH_TOKEN,
  MADE_TOKEN,
  MADE_TOKEN_2,
} from './made-server/made.ts';
import { madeTools } from './made-server/made-tools.ts';
import { digestsOf, type Tool } from './tool-surface.ts';
import { LIMITS } from './polite-client.ts';
import type { SignedIn } from './probe-signed-in.ts';
import { seenWith } from './seen-for-tests.ts';

const servers: MadeServer[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** As they are if nothing is wrong with them. */
const pinnedTools = digestsOf(madeTools({ flaws: new Set() }) as Tool[]);

async function audit(options: Parameters<typeof serveMade>[0]): Promise<AuditResult> {
  const server = await serveMade(options);
  servers.push(server);
  const { url, ca, resolve } = server;
  const how = {
    ca,
    resolve,
    signIn: async () => signedInAt(url),
    ownAddresses: () => [ANOTHER_ADDRESS],
    token2: MADE_TOKEN_2,
    badToken: MADE_BAD_TOKEN,
    call: { name: 'get_weather', arguments: { city: 'Paris' } },
    pinnedTools,
    limits: { pause: 0 },
  };
  const found = await auditServer({ url, ...how });
  expect(server.requests.length).toBeLessThanOrEqual(LIMITS.requests);
  return found;
}

/** As if a user had signed in. */
function signedInAt(url: URL): SignedIn {
  const ask = (parameters: Record<string, string>) => ({
    url: new URL('/token', url),
    method: 'POST',
    body: new URLSearchParams(parameters).toString(),
  });
  return {
    token: MADE_TOKEN,
    isPublic: true,
    code: ask({ code: 'a-code' }),
    refreshToken: MADE_REFRESH_TOKEN,
    refresh: (used) => ask({ refresh_token: used }),
  };
}

const idsOf = (items: JudgedItem[], state: string): string[] =>
  items.filter((item) => item.state === state).map(({ id }) => id);

/** Requirements that cannot but be missed together. */
const TOGETHER: Record<string, string[]> = {
  'cors-no-credentials': ['cors-known-readers'],
  'issuer-identical': ['issuer-in-answers'],
  // Whatever is wrong with a tool, it is another one.
  'tools-visible': ['tools-unchanged'],
  'tools-instruct-nothing': ['tools-unchanged'],
  'tools-limit-strings': ['tools-unchanged'],
  'dangerous-tools-annotated': ['tools-unchanged'],
};

/** The made server lists its tools to callers of that revision. */
const TOOL_ITEMS = requirements
  .map(({ id }) => id)
  .filter((id) => /^(?:dangerous-)?tools-/.test(id));

/** What only a server with a handshake can miss. */
const LEGACY_ONLY = [
  'get-answered',
  'session-ends',
  'notification-accepted',
  'session-id-visible',
  'session-id-unguessable',
  'session-is-no-token',
  ...TOOL_ITEMS,
  'session-of-its-user',
  'unknown-tool-refused',
  'invalid-arguments-refused',
];

/** A server of this test is on this machine, and its certificate is trusted. */
const NOT_MADE = ['tls', 'certificate-valid', 'certificate-lasts'];

const flaws = requirements.map(({ id }) => id).filter((id) => !NOT_MADE.includes(id));

test.each(flaws)('a server that misses %s fails it', async (id) => {
  const { items } = await audit({
    era: LEGACY_ONLY.includes(id) ? 'legacy' : 'modern',
    flaws: [id],
    isTls: ['strict-transport-security', 'no-plain-http'].includes(id),
  });
  const failed = idsOf(items, 'fail');
  expect(failed.sort()).toEqual([id, ...(TOGETHER[id] ?? [])].sort());
});

/** What is asked of each revision that a server speaks. */
const OF_EACH_ERA = [
  'version-refused',
  'unknown-method-refused',
  'one-message',
  'json-only',
  'origin-validated',
  'made-up-token-refused',
];

describe.each([
  ['modern', '2026-07-28'],
  ['legacy', '2025-11-25'],
] as const)('a server of both revisions that goes wrong in the %s one', (flawedEra, revision) => {
  test.each(OF_EACH_ERA)('fails %s, and the evidence names the revision', async (id) => {
    const { items, revisions } = await audit({ era: 'both', flaws: [id], flawedEra });
    expect(revisions).toEqual(['2025-11-25', '2026-07-28']);
    expect(idsOf(items, 'fail')).toEqual([id]);
    expect(items.find((item) => item.id === id)?.evidence).toMatch(`${revision}: `);
  });
});

test('a right server fails nothing, and each requirement passes in one of the two kinds', async () => {
  const results = [
    await audit({ era: 'modern', isTls: true }),
    await audit({ era: 'legacy', isTls: true }),
    await audit({ era: 'modern' }),
  ];
  const failed = results.flatMap(({ items }) => items.filter(({ state }) => state === 'fail'));
  expect(failed).toEqual([]);
  const passed = new Set(results.flatMap(({ items }) => idsOf(items, 'pass')));
  expect(requirements.map(({ id }) => id).filter((id) => !passed.has(id))).toEqual([]);
});

test('plain http and a bad certificate elsewhere fail', () => {
  const open = judge(seenWith({}, { url: new URL('http://weather.example/mcp') }));
  expect(idsOf(open, 'fail')).toEqual(['tls']);
  const bad = judge(seenWith({}, { certificate: { kind: 'invalid', why: 'CERT_HAS_EXPIRED' } }));
  expect(idsOf(bad, 'fail')).toEqual(['certificate-valid']);
});

test.each([
  [90, 10, ['certificate-lasts']],
  [90, 20, []],
  [6, 3, []],
  [6, 1, ['certificate-lasts']],
])('a certificate for %i days is renewed in time, with %i left', (lasts, left, failed) => {
  const seen = seenWith({}, { certificate: { kind: 'valid', lasts, left } });
  expect(idsOf(judge(seen), 'fail')).toEqual(failed);
});
