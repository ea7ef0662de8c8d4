import { expect, it } from 'vitest';
import type { Exchange, UseReport } from '../../../lab/protocol.ts';
import { compareReports, summarizeDifferences } from './compare-reports.ts';

let lastId = 0;
const exchange = (response: Partial<Exchange['response']>, label = 'call'): Exchange => ({
  role: 'control',
  label,
  requestId: `nonce${++lastId}-1`,
  request: { method: 'POST', path: '/mcp', headers: {}, body: '' },
  response: { status: 200, headers: {}, body: '', ...response },
});
const report = (exchanges: Exchange[], ran = 0): UseReport => ({
  useId: 'u',
  problems: [],
  faults: [],
  exchanges,
  tape: Array.from({ length: ran }, () => ({
    requestId: exchanges[0]?.requestId ?? '',
    at: 0,
    kind: 'tool' as const,
    tool: 'get_weather',
    arguments: {},
    subject: '',
  })),
});

it('finds nothing where only values of the run differ', () => {
  const answer = (port: number, id: string): Partial<Exchange['response']> => ({
    headers: {
      date: id,
      'x-request-id': id,
      'content-length': `${port}`,
      etag: id,
      vary: 'Origin',
    },
    body: `{"at":"http://127.0.0.1:${port}/","id":"123e4567-e89b-12d3-a456-4266141740${port % 90}"}`,
  });
  const found = compareReports(
    report([exchange(answer(41234, 'a'))]),
    report([exchange(answer(51277, 'b'))]),
  );
  expect(found.exchanges).toEqual([]);
  expect(found.equal).toBe(1);
  expect(summarizeDifferences(found)).toBeUndefined();
});

it('finds status, headers of either side, body and executions', () => {
  const left = exchange({ headers: { server: 'x', vary: 'a' }, body: '{"a":1,"b":2}' });
  const right = exchange({
    status: 401,
    headers: { 'www-authenticate': 'Bearer', vary: 'b' },
    body: '{"a":1,"b":3}',
  });
  const found = compareReports(report([left], 2), report([right]));
  expect(found.counts).toEqual([{ label: 'tool ran', left: 2, right: 0 }]);
  expect(found.exchanges).toEqual([
    {
      label: 'call',
      values: [
        { name: 'Status', left: '200 OK', right: '401 Unauthorized' },
        { name: 'server', left: 'x', right: undefined },
        { name: 'vary', left: 'a', right: 'b' },
        { name: 'www-authenticate', left: undefined, right: 'Bearer' },
      ],
      body: {
        by: 'lines',
        parts: [
          { kind: 'same', text: '{\n  "a": 1,\n' },
          { kind: 'left', text: '  "b": 2\n' },
          { kind: 'right', text: '  "b": 3\n' },
          { kind: 'same', text: '}\n' },
        ],
      },
    },
  ]);
  expect(summarizeDifferences(found)).toBe('status, 3 headers, body, what was executed');
});

it('pairs requests by label, and counts those without a partner and those not shown', () => {
  const left = [exchange({}, 'a'), ...Array.from({ length: 6 }, () => exchange({}, 'b'))];
  const right = Array.from({ length: 7 }, () => exchange({ status: 429 }, 'b'));
  const found = compareReports(report(left), report(right));
  expect(found.exchanges).toHaveLength(4);
  expect(found.furtherDiffering).toBe(2);
  expect(found.unpaired).toEqual({ left: 1, right: 1 });
  expect(summarizeDifferences(found)).toBe('status, number of requests, in 6 exchanges');
});

it('compares the data of events line by line', () => {
  const event = (value: number) => `event: message\ndata: {"result":{"value":${value}}}\n\n`;
  const [first] = compareReports(
    report([exchange({ body: event(1) })]),
    report([exchange({ body: event(2) })]),
  ).exchanges;
  expect(first?.body).toMatchObject({ by: 'lines' });
});
