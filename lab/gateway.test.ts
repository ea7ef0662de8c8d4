import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askGateway, type GatewayPolicy } from './gateway.ts';
import { statelessMessage } from './message-of.ts';

const linesOf = (headers: Record<string, string>): [string, string][] => Object.entries(headers);
const deleting = statelessMessage('tools/call', { name: 'delete_alert', arguments: { id: 8 } });

/** What it does about a request whose headers are those of `deleting`, and others on top. */
const decide = (policy: GatewayPolicy, ...more: [string, string][]): boolean =>
  askGateway(policy, [...linesOf(deleting.headers), ...more]).passes;

test('reads what an honest client writes, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      const message = statelessMessage('tools/call', { name: 'read_report', arguments: { name } });
      const { believed } = askGateway({}, linesOf(message.headers));
      expect(believed.parameters).toEqual({ 'mcp-param-report': name });
    }),
    { numRuns: 1000 },
  );
});

test('stops tools and arguments that are denied, and passes others', () => {
  expect(decide({})).toBe(true);
  expect(decide({ tools: ['get_weather'] })).toBe(false);
  expect(decide({ tools: ['delete_alert'] })).toBe(true);
  expect(decide({ deniedTools: ['delete_alert'] })).toBe(false);
  expect(decide({ deniedAlerts: ['8'] })).toBe(false);
  expect(decide({ deniedAlerts: ['7'] })).toBe(true);
});

test('has its way with what is missing, and with what came twice', () => {
  const nameless = linesOf(deleting.headers).filter(([name]) => name !== 'mcp-name');
  expect(askGateway({}, nameless).passes).toBe(false);
  expect(askGateway({ missing: 'passes' }, nameless).passes).toBe(true);
  const other: [string, string] = ['Mcp-Name', 'get_weather'];
  expect(decide({ tools: ['delete_alert'] }, other)).toBe(true);
  expect(decide({ tools: ['delete_alert'], ofSeveral: 'last' }, other)).toBe(false);
});

test('asks for a version under which servers compare, unless it asks for none', () => {
  const old = linesOf({ ...deleting.headers, 'mcp-protocol-version': '2025-11-25' });
  expect(askGateway({}, old).passes).toBe(false);
  expect(askGateway({ versions: 'any' }, old).passes).toBe(true);
});

test('reads the versions of one line one by one', () => {
  const versions = linesOf({
    ...deleting.headers,
    'mcp-protocol-version': '2025-11-25, 2026-07-28',
  });
  expect(askGateway({}, versions).passes).toBe(false);
  expect(askGateway({ ofSeveral: 'last' }, versions).passes).toBe(true);
});

test('has its way with base64 and UTF-8 that are broken', () => {
  const read = (header: string, broken?: GatewayPolicy['broken']): string | undefined =>
    askGateway({ broken }, linesOf({ ...deleting.headers, 'mcp-name': header })).believed.name;
  expect(read('=?base64?cm9tZQ==?=', 'as it is')).toBe('rome');
  for (const header of ['=?base64?cm9tZQ?=', '=?base64?cm9!tZQ==?=']) {
    expect(read(header)).toBe('rome');
    expect(read(header, 'as it is')).toBe(header);
  }
  expect(read('=?base64?/w==?=')).toBe('\uFFFD');
  expect(read('=?base64?/w==?=', 'as it is')).toBe('=?base64?/w==?=');
});
