/** What must hold of the reference's audit log for any call, tried on generated ones. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallRecord, ToolCall } from '../../exercises/weather-server/controls.ts';
import { chainMac, createAuditLog } from '../../solutions/12-audit-log/audit-log.ts';
import { verifyAuditLog } from '../../solutions/12-audit-log/verify-audit-log.ts';
import {
  physicalLines,
  RAW_CONTROL,
  repeatedMember,
} from '../../catalogue/attacks/12-audit-log/audit-lines.ts';

const key = randomBytes(32);
const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const identity = fc.oneof(anyText, fc.string({ maxLength: 2000 }));

const anyCall: fc.Arbitrary<ToolCall> = fc.record({
  requestId: fc.uuid(),
  tool: fc.oneof(fc.constantFrom('get_weather', 'save_alert'), anyText),
  arguments: fc.oneof(
    fc.jsonValue({ stringUnit: 'binary' }),
    fc.dictionary(
      fc.constantFrom('city', 'host', 'id', 'name', 'outcome', '__proto__'),
      fc.anything(),
    ),
  ),
  actor: fc.option(
    fc.record({
      issuer: identity,
      subject: identity,
      clientId: identity,
      scopes: fc.array(anyText, { maxLength: 2 }),
    }),
    { nil: undefined },
  ),
  token: fc.constant('a-token'),
  ip: fc.ipV4(),
  headers: fc.record({ authorization: anyText, 'user-agent': anyText }),
});

const anyRecord: fc.Arbitrary<CallRecord> = fc.record(
  {
    call: anyCall,
    outcome: fc.constantFrom('succeeded', 'failed', 'refused'),
    reason: fc.oneof(fc.constantFrom('RATE_LIMITED', 'HTTP 401', 'TypeError'), anyText),
  },
  { requiredKeys: ['call', 'outcome'] },
);

function logOf(records: CallRecord[]): string[] {
  const lines: string[] = [];
  const log = createAuditLog((line) => void lines.push(line), key);
  for (const record of records) log.record(record);
  return lines;
}

describe('a line', () => {
  test('is one bounded JSON object with the server’s facts, whatever was called', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const { call, outcome } = record;
        const lines = logOf([record]);
        expect(lines).toHaveLength(1);
        const line = lines[0]!;
        expect(physicalLines(line)).toEqual([line]);
        expect(line).not.toMatch(RAW_CONTROL);
        expect(line.length).toBeLessThan(16 * 1024);
        expect(repeatedMember(line)).toBeUndefined();
        const { requestId, ip } = call;
        const written = JSON.parse(line) as { time: string; actor: { subject: string } | null };
        expect(written).toMatchObject({ requestId, ip, outcome, sequence: 0 });
        expect(Math.abs(Date.parse(written.time) - Date.now())).toBeLessThan(5000);
        const subject = call.actor?.subject;
        if (subject === undefined) expect(written.actor).toBeNull();
        else if (subject.length <= 256) expect(written.actor?.subject).toBe(subject);
      }),
      { numRuns: 500 },
    );
  });

  test('shows no 20 characters in a row of what an argument or a header was', () => {
    const secret = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABC0123456789+/=_-.~%'.split('')),
      minLength: 20,
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom('city', 'query', 'name', 'host', 'tool', 'reason'),
        (value, where) => {
          const [line = ''] = logOf([
            {
              call: {
                requestId: 'r',
                tool: where === 'tool' ? value : 'get_weather',
                arguments: { [where]: value, list: [value], [value]: value },
                actor: undefined,
                token: value,
                ip: '::1',
                headers: { cookie: value },
              },
              outcome: 'refused',
            },
          ]);
          for (let from = 0; from + 20 <= value.length; from++) {
            expect(line).not.toContain(value.slice(from, from + 20));
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a log', () => {
  const someRecords = fc.array(anyRecord, { minLength: 1, maxLength: 6 });

  test('verifies as written, and only under its own key', () => {
    fc.assert(
      fc.property(someRecords, (records) => {
        const lines = logOf(records);
        expect(verifyAuditLog(lines, key)).toBeUndefined();
        expect(verifyAuditLog(lines, randomBytes(32))).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  test('names the line in which one character was changed, added or left out', () => {
    fc.assert(
      fc.property(
        someRecords,
        fc.nat(),
        fc.nat(),
        fc.nat(2),
        fc.string({ minLength: 1, maxLength: 1 }),
        (records, line, place, left, put) => {
          const lines = logOf(records);
          const index = line % lines.length;
          const own = lines[index]!;
          const at = place % own.length;
          const changed = own.slice(0, at) + put + own.slice(at + left);
          const verdict = verifyAuditLog(lines.with(index, changed), key);
          expect(verdict).toBe(changed === own ? undefined : index);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('tells U+FFFD from a lone surrogate, which has the same bytes', () => {
    const lines: string[] = [];
    createAuditLog((line) => void lines.push(line), key).record({
      call: {
        requestId: 'r\ufffd\ud800',
        tool: 'get_weather',
        arguments: { city: '\ufffd' },
        actor: { issuer: '\ufffd', subject: '\udc00', clientId: '\ufffd', scopes: [] },
        token: undefined,
        ip: '\ufffd',
        headers: {},
      },
      outcome: 'succeeded',
    });
    const line = lines[0]!;
    expect(line.isWellFormed()).toBe(true);
    expect(line).not.toContain('\ufffd');
    expect(verifyAuditLog([line], key)).toBeUndefined();

    const withMac = (members: string): string =>
      `${members},"mac":"${chainMac(key, '', `${members}}`)}"}`;
    const [replaced, alone] = ['\ufffd', '\ud800'].map((text) => withMac(`{"a":"${text}"`));
    expect(verifyAuditLog([replaced!], key)).toBeUndefined();
    expect(verifyAuditLog([alone!], key)).toBe(0);
  });

  test('names the place where a line is gone, except the last', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { minLength: 2, maxLength: 6 }),
        fc.nat(),
        (records, line) => {
          const lines = logOf(records);
          const index = line % (lines.length - 1);
          expect(verifyAuditLog(lines.toSpliced(index, 1), key)).toBe(index);
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('lines that could not be written come first when the sink works again', () => {
  const call: ToolCall = {
    requestId: '',
    tool: 'get_weather',
    arguments: { city: 'Paris' },
    actor: undefined,
    token: undefined,
    ip: '::1',
    headers: {},
  };
  const lines: string[] = [];
  let works = true;
  const log = createAuditLog((line) => {
    if (!works) throw new Error('disk full');
    lines.push(line);
  }, key);
  const record = (requestId: string): void =>
    log.record({ call: { ...call, requestId }, outcome: 'succeeded' });

  record('before');
  works = false;
  for (let index = 0; index < 1500; index++) record(`during ${index}`);
  expect(log.ready?.()).toBe(false);
  works = true;
  expect(log.ready?.()).toBe(true);
  record('after');

  const written = lines.map(
    (line) => JSON.parse(line) as { requestId?: string; lostLines?: number },
  );
  expect(written.slice(0, 3).map(({ requestId }) => requestId)).toEqual([
    'before',
    'during 0',
    'during 1',
  ]);
  expect(written.slice(-2)).toMatchObject([{ lostLines: 500 }, { requestId: 'after' }]);
  expect(written).toHaveLength(1 + 1000 + 1 + 1);
  expect(verifyAuditLog(lines, key)).toBeUndefined();
});
