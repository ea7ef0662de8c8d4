/** Lines of logs that say the same in other words. */
import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { linesAbout, outcomeIn, readLine, repeatedMember, whatIsMissing } from './audit-lines.ts';
import { forgeWithoutKey } from './forge-chain.ts';

const AT = Date.parse('2026-11-23T10:00:00.000Z');
const lineOf = (members: object) => readLine(JSON.stringify(members), AT);

test.each([
  [{ outcome: 'succeeded', reason: 'error' }, 'succeeded'],
  [{ event: { status: 'SUCCESS' }, level: 'error' }, 'succeeded'],
  [{ decision: 'allowed', outcome: 'failed' }, 'failed'],
  [{ result: 'toolError' }, 'failed'],
  [{ msg: 'tool call denied', tool: 'ok' }, 'refused'],
  [{ decision: 'not allowed' }, 'refused'],
  [{ ok: false, denied: true, failed: false }, 'refused'],
  [{ allowed: true, success: false }, 'failed'],
  [{ event: { outcome: 'failure', type: ['access', 'denied'] } }, 'refused'],
  [{ 'event.outcome': 'failure', 'event.type': ['error'] }, 'failed'],
  [{ outcome: 'failed', error: { type: 'NotFoundError' } }, 'failed'],
  [{ outcome: 'failed', arguments: { type: 'denied' } }, 'failed'],
  [{ success: false }, undefined],
  [{ arguments: { outcome: 'succeeded' } }, undefined],
  [{ level: 'error', tool: 'failed', reason: 'denied' }, undefined],
])('%j ended: %s', (members, outcome) => {
  expect(outcomeIn(lineOf(members))).toBe(outcome);
});

test('finds the request, but not where the caller says it', () => {
  const about = lineOf({ ids: ['abc-1'] });
  const others = [lineOf({ id: 'abc-12' }), lineOf({ arguments: { id: 'abc-1' } })];
  expect(linesAbout('abc-1', [about, ...others])).toEqual([about]);
});

test.each([
  { ts: AT, who: 'https://issuer|alice', ip: '::1', tool: 't' },
  { ts: AT / 1000, actor: { iss: 'https://issuer', sub: 'alice' }, a: ['::ffff:127.0.0.1', 't'] },
  {
    timeUnixNano: `${AT}000000`,
    verifiedClaims: { iss: 'https://issuer', sub: 'alice' },
    ip: '127.0.0.1',
    tool: 't',
  },
  { us: AT * 1000, verified_claims: 'https://issuer alice', ip: '127.0.0.1', tool: 't' },
  {
    at: '2026-11-23T12:00:00+02:00',
    actor: ['https://issuer', 'alice'],
    peer: '127.0.0.1',
    t: 't',
  },
])('%j says all there is to say', (members) => {
  const actor = { issuer: 'https://issuer', subject: 'alice' };
  const facts = { requestId: '', tool: 't', actor, outcomes: ['succeeded'] } as const;
  expect(whatIsMissing(lineOf(members), facts)).toEqual([]);
  expect(whatIsMissing(lineOf({ arguments: members }), facts)).toHaveLength(5);
});

test('a repeated member is one of the same object', () => {
  expect(repeatedMember('{"a":1,"b":{"a":1,"c":["a","a"]}}')).toBeUndefined();
  expect(repeatedMember('{"a":1,"b":[{"c":1,"d":"}","c" :2}]}')).toBe('"c"');
});

test('a chain without a key is computed anew, one with a key is not', () => {
  const chain = (digest: (text: string) => string): string[] => {
    const lines: string[] = [];
    let before = '';
    for (const user of ['ada', 'grace', 'alan']) {
      const members = JSON.stringify({ user, before });
      before = digest(members);
      lines.push(`${members.slice(0, -1)},"hash":"${before}"}`);
    }
    return lines;
  };
  const plain = (text: string): string => createHash('sha256').update(text).digest('base64');
  const keyed = (text: string): string => createHmac('sha256', 'key').update(text).digest('base64');
  const changed = (lines: string[]): string => lines[1]!.replace('grace', 'mallory');
  expect(forgeWithoutKey(chain(keyed), 1, changed(chain(keyed)))).toBeUndefined();
  const forged = forgeWithoutKey(chain(plain), 1, changed(chain(plain))) ?? [];
  expect(forged).toHaveLength(3);
  for (const [index, line] of forged.entries()) {
    const { hash, ...members } = JSON.parse(line) as { hash: string; before: string };
    expect(plain(JSON.stringify(members))).toBe(hash);
    if (index > 0) expect(forged[index - 1]).toContain(members.before);
  }
});
