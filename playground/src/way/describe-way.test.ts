import { describe, expect, it } from 'vitest';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import type { AttackReport, Exchange, Verdict } from '../../../lab/protocol.ts';
import type { TargetName } from '../../lab-api.ts';
import type { Outcome } from '../lab-client/shot.ts';
import { drawPicture } from './describe-way.ts';

type Written<T> = T extends TapeEntry ? Omit<T, 'requestId' | 'at'> : never;

const SLUG = '05-access-tokens';
const exchange = (status: number, role: Exchange['role'] = 'attack', id = 'a-1'): Exchange => ({
  role,
  label: 'call',
  requestId: id,
  request: { method: 'POST', path: '/mcp', headers: { origin: 'https://evil.example' }, body: '' },
  response: { status, headers: {}, body: '' },
});
const passed = (gate: string): Written<TapeEntry> => ({ kind: 'gate', gate, decision: 'passed' });
const reached = (gate: string): Written<TapeEntry> => ({ kind: 'gate', gate, decision: 'reached' });
const ran: Written<TapeEntry> = {
  kind: 'tool',
  tool: 'get_weather',
  arguments: {},
  subject: 'admin',
};

function outcome(
  target: TargetName,
  verdict: Verdict,
  tape: Written<TapeEntry>[],
  status = 200,
  exchanges = [exchange(status)],
): Outcome {
  const report = {
    attackId: 'x',
    verdict,
    summary: 'In a sentence.',
    faults: [],
    exchanges,
    decisive: exchanges[0]?.requestId,
    tape: tape.map((entry) => ({ requestId: exchanges[0]?.requestId ?? '', at: 0, ...entry })),
  };
  return { type: 'report', target, report: report as unknown as AttackReport, milliseconds: 1 };
}
const marksOf = (lane: { stations: { gate: string; mark: string }[] } | undefined) =>
  Object.fromEntries(lane?.stations.map(({ gate, mark }) => [gate, mark]) ?? []);

const refused = [passed('headers'), passed('origin'), passed('body'), reached('bearer')];
const through = [passed('origin'), passed('bearer'), passed('authorizeTool'), ran];

describe('the picture', () => {
  it('ends at the gate that answered the request itself, with an error', () => {
    const { lanes, deciding } = drawPicture(
      { reference: outcome('reference', 'blocked', refused, 401) },
      SLUG,
    );
    expect(deciding).toBe('token');
    expect(marksOf(lanes.reference)).toMatchObject({
      headers: 'passed',
      token: 'refused',
      scope: 'ahead',
      tool: 'ahead',
    });
    expect(lanes.reference?.effect).toEqual({ kind: 'none', text: 'nothing ran' });
  });

  it('marks the gate of the reference where another server let it through', () => {
    const { lanes } = drawPicture(
      {
        baseline: outcome('baseline', 'breached', through),
        reference: outcome('reference', 'blocked', refused, 401),
      },
      SLUG,
    );
    expect(marksOf(lanes.baseline)).toMatchObject({
      headers: 'skipped',
      origin: 'passed',
      token: 'hole',
      limit: 'skipped',
      tool: 'passed',
      audit: 'skipped',
    });
    expect(lanes.baseline?.effect).toEqual({ kind: 'hit', text: 'ran as admin' });
    expect(lanes.baseline?.sentence).toBe('let it through. In a sentence.');
  });

  it('shows that a refused call was logged all the same', () => {
    const logged = outcome('yours', 'blocked', [...refused, { kind: 'audit', line: '{}' }], 401);
    expect(marksOf(drawPicture({ yours: logged }, SLUG).lanes.yours).audit).toBe('noted');
  });

  it('does not call it a proof where ordinary use is refused as well', () => {
    const unsure = outcome('yours', 'inconclusive', refused, 401);
    expect(marksOf(drawPicture({ yours: unsure }, SLUG).lanes.yours).token).toBe('unsure');
  });

  it('lets in who is let in, whatever was said of the token', () => {
    const tape: Written<TapeEntry>[] = [
      passed('bearer'),
      { kind: 'token', decision: 'refused', detail: 'Error: no' },
      ran,
    ];
    const marks = marksOf(
      drawPicture({ baseline: outcome('baseline', 'breached', tape) }, SLUG).lanes.baseline,
    );
    expect(marks.token).toBe('passed');
  });

  it('tears where the tape ends if no answer came', () => {
    const lost = outcome('yours', 'inconclusive', [passed('headers'), reached('origin')], 0, [
      exchange(0),
      exchange(200, 'control', 'c-1'),
    ]);
    const { lanes } = drawPicture({ yours: lost }, SLUG);
    expect(marksOf(lanes.yours)).toMatchObject({
      headers: 'passed',
      origin: 'torn',
      body: 'ahead',
    });
    expect(lanes.yours?.effect.text).toBe('not known');
  });

  it('takes what was asked of the limiter and the scope', () => {
    const limited = outcome('reference', 'blocked', [
      ...through.slice(0, 3),
      { kind: 'limit', decision: 'refused', tool: 'get_weather', retryAfterMs: 1500 },
    ]);
    const { lanes } = drawPicture({ reference: limited }, SLUG);
    expect(marksOf(lanes.reference)).toMatchObject({ scope: 'passed', limit: 'refused' });
    expect(lanes.reference?.sentence).toBe('refused it, 200: again in 2 s');
  });

  it('adds up the requests to the authorization server', () => {
    const asked = exchange(302, 'attack', 'g-1');
    const redeemed = exchange(400, 'attack', 'g-2');
    const made = outcome('reference', 'blocked', [], 400, [redeemed, asked]) as Extract<
      Outcome,
      { type: 'report' }
    >;
    made.report.tape = [
      { requestId: 'g-1', at: 0, ...passed('matchRedirectUri') },
      { requestId: 'g-2', at: 0, kind: 'refusal', control: 'verifyCodeChallenge', reason: 'no' },
    ];
    const { lanes, deciding } = drawPicture({ reference: made }, '03-pkce');
    expect(deciding).toBe('PKCE');
    expect(marksOf(lanes.reference)).toMatchObject({ address: 'passed', PKCE: 'refused' });
  });

  it('draws what a client did itself, and not what it did in ordinary use', () => {
    const made = outcome('baseline', 'breached', []) as Extract<Outcome, { type: 'report' }>;
    const [before, attack] = ['client-control-1', 'client-attack-2'];
    made.report.tape = [
      { requestId: before, at: 0, ...passed('acceptCallback') },
      { requestId: attack, at: 0, ...passed('chooseEndpoint') },
      { requestId: attack, at: 0, ...passed('planSignIn') },
      { requestId: attack, at: 0, kind: 'opened', address: 'file:///a', as: 'file' },
    ];
    const stopped = outcome('reference', 'blocked', []) as Extract<Outcome, { type: 'report' }>;
    stopped.report.tape = [
      { requestId: attack, at: 0, ...passed('chooseEndpoint') },
      { requestId: attack, at: 0, kind: 'refusal', control: 'planSignIn', reason: 'No page.' },
    ];
    const { lanes, deciding } = drawPicture(
      { baseline: made, reference: stopped },
      '22-hostile-servers',
    );
    expect(deciding).toBe('documents');
    expect(marksOf(lanes.baseline)).toEqual({
      endpoint: 'passed',
      documents: 'hole',
      browser: 'passed',
      answer: 'ahead',
      entry: 'ahead',
    });
    expect(lanes.baseline?.effect).toEqual({ kind: 'hit', text: 'opened as file' });
    expect(lanes.reference?.sentence).toBe('refused it: No page.');
  });
});
