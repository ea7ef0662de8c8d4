import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCodeOf, judge, type AuditResult } from './audit-server.ts';
import { compareWith, readBaseline, writeBaseline } from './baseline.ts';
import { writeText } from './reports/write-text.ts';
import { reply, result, seenWith } from './seen-for-tests.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'baseline-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const initialize = result({ protocolVersion: '2025-11-25' });
const open = {
  'anonymous initialize': initialize,
  initialize,
  'legacy anonymous tools': result({ tools: [] }),
};

const audited = (answers: Parameters<typeof seenWith>[0]): AuditResult => ({
  schema: 2,
  url: 'https://weather.example/mcp',
  startedAt: '2026-11-29T12:00:00.000Z',
  seconds: 1,
  requests: 3,
  token: 'none',
  revisions: ['2025-11-25'],
  items: judge(seenWith(answers)),
});

test('a missing header of frames fails no build, and an open server, which is but a SHOULD, does', () => {
  const safe = { 'x-content-type-options': 'nosniff', 'strict-transport-security': 'max-age=9' };
  const framed = audited({ initialize: { ...initialize, headers: safe } });
  expect(framed.items.filter(({ state }) => state === 'fail').map(({ id }) => id)).toContain(
    'no-framing',
  );
  expect(exitCodeOf(framed, 'medium')).toBe(0);
  expect(exitCodeOf(framed, 'low')).toBe(1);
  expect(exitCodeOf(audited(open), 'high')).toBe(1);
});

test('what is known does not count, what is new does, and what is mended is named', () => {
  const file = path.join(folder, 'known.json');
  writeFileSync(file, writeBaseline(audited(open)));
  const known = readBaseline(file);
  expect(exitCodeOf(compareWith(known, audited(open)), 'low')).toBe(0);
  const worse = audited({ ...open, 'legacy foreign origin': result({}) });
  expect(exitCodeOf(compareWith(known, worse), 'low')).toBe(1);
  const closed = compareWith(known, audited({ 'anonymous initialize': reply(401) }));
  expect(closed.mended).toContain('token-asked-for');
  expect(writeText(closed)).toContain('take them out of it: ');
});

test.each([
  ['is missing', undefined, /cannot be read/],
  ['is no JSON', '{', /no JSON/],
  ['is something else', '{"schema": 1, "known": [7]}', /no baseline/],
])('a file that %s is said to be so', (what, text, why) => {
  const file = path.join(folder, `${what}.json`);
  if (text !== undefined) writeFileSync(file, text);
  expect(() => readBaseline(file)).toThrow(why);
});

test('failures come first, the gravest first; what says the same is folded into one line', () => {
  const text = writeText(audited({ ...open, 'legacy foreign origin': result({}) }));
  const at = (id: string): number => text.indexOf(`, ${id})`);
  expect(at('token-asked-for')).toBeGreaterThan(-1);
  expect(at('token-asked-for')).toBeLessThan(at('no-framing'));
  expect(text.match(/The server asks for no token\./g)).toHaveLength(1);
});
