import { expect, test } from 'vitest';
import type { Defect, Presented, TokenReport } from '../../../studies/tokens/shared.ts';
import { judgeToken, wrongStatus } from './token-judgement.ts';

const defect = (status: Defect['status']): Defect => ({
  what: 'something is wrong',
  why: 'It matters.',
  references: [],
  status,
});

const report = (
  status: number,
  presented: Omit<Presented, 'exchange' | 'fetched'> & { fetched?: string[] },
  ...defects: Defect[]
): TokenReport => ({
  now: 0,
  real: { header: {}, claims: {} },
  made: { token: 'a.b.c', header: {}, claims: {}, signedHow: 'kept' },
  defects,
  presented: {
    fetched: [],
    ...presented,
    exchange: {
      role: 'attack',
      label: 'call',
      requestId: '1',
      request: { method: 'POST', path: '/mcp', headers: {}, body: '' },
      response: { status, headers: {}, body: '' },
    },
  },
  faults: [],
});
const ran = { tool: 'get_weather', subject: 'alice' };
const invalid = { error: 'invalid_token' };
const insufficient = { error: 'insufficient_scope' };

test.each([
  ['Accepted', 'blocked', report(200, { ran })],
  ['Accepted', 'breached', report(200, { ran }, defect(401))],
  // What ran has run, whatever was answered.
  ['Accepted', 'breached', report(401, { ran }, defect(401))],
  ['Refused', 'blocked', report(401, invalid, defect(401))],
  ['Refused', 'blocked', report(403, insufficient, defect(403))],
  ['Refused, though nothing is wrong', 'breached', report(401, invalid)],
  [
    'Refused, but fetched its key',
    'breached',
    report(401, { ...invalid, fetched: ['GET /x'] }, defect(401)),
  ],
  ['Nothing ran, HTTP 500', 'inconclusive', report(500, {}, defect(401))],
  ['Nothing ran, HTTP 200', 'inconclusive', report(200, {}, defect(403))],
])('%s (%s)', (word, tone, study) => {
  const outcome = { type: 'study', target: 'yours', study, milliseconds: 1 } as const;
  expect(judgeToken(outcome)).toMatchObject({ word, tone });
});

test('a target that could not be asked has judged nothing', () => {
  const broken = { type: 'broken', target: 'yours', message: 'It ended.' } as const;
  expect(judgeToken(broken).word).toBe('Could not run');
});

test('a client is told what to do: get another token, or ask for more', () => {
  expect(wrongStatus(report(401, invalid, defect(401), defect(403)))).toBeUndefined();
  expect(wrongStatus(report(403, insufficient, defect(403)))).toBeUndefined();
  expect(wrongStatus(report(401, {}, defect(401)))).toMatch(/^401 with invalid_token/);
  expect(wrongStatus(report(403, insufficient, defect(401)))).toMatch(/^401/);
  expect(wrongStatus(report(401, invalid, defect(403)))).toMatch(/^403 with insufficient_scope/);
  expect(wrongStatus(report(200, { ran }, defect(401)))).toBeUndefined();
});
