/**
 * Whatever arguments a tool is called with, the reference answers, tells nothing about its inside,
 * and leaves one line in the log.
 *
 * @module-tag long
 */
import { Agent, request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  auditLinesOf,
  serveReference,
  type ServedReference,
} from '../../catalogue/serve-reference.ts';
import { wholeMatrix } from './solutions-lab.ts';

/** For each tool. The whole number runs with the matrix. */
const RUNS = wholeMatrix ? 2000 : 150;
/** One user may ping ten times a minute, and a refusal by the limiter would hide the tool. */
const CALLS_OF_ONE_USER = 8;

let reference: ServedReference;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
beforeAll(async () => {
  reference = await serveReference();
});
afterAll(async () => {
  agent.destroy();
  await reference.close();
});

const HOSTILE = [
  "x' OR '1'='1",
  "'; DROP TABLE alerts; --",
  '%',
  '../data-secret/flag.txt',
  '/etc/passwd',
  'latest.txt',
  '$(cat ../data-secret/flag.txt)',
  '-f/srv/weather/data-secret/flag.txt',
  '//evil.example/',
  '\ud800',
  '\u0000',
  'a'.repeat(5000),
  'paris-1.stations.example',
  'Paris',
  '2026-03-paris.txt',
];
const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);
const value = fc.oneof(
  { weight: 5, arbitrary: text },
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 4 }),
);
const members = fc.record(
  {
    city: value,
    units: fc.oneof(fc.constant('metric'), value),
    days: fc.oneof(fc.integer({ min: 0, max: 16 }), value),
    query: value,
    sort_by: fc.oneof(fc.constantFrom('name', 'elevation_m', 'host; --'), value),
    limit: fc.oneof(fc.integer({ min: -5, max: 200 }), value),
    name: value,
    host: value,
    text: value,
    url: value,
    handle: value,
    id: fc.oneof(fc.integer(), value),
  },
  { requiredKeys: [] },
);
const anyArguments = fc.oneof(
  { weight: 9, arbitrary: members },
  fc.jsonValue({ maxDepth: 6 }) as fc.Arbitrary<unknown>,
);

const TOOLS = [
  'get_weather',
  'get_forecast',
  'search_stations',
  'read_report',
  'ping_station',
  // Before anybody has saved one: it shows what users wrote, and some of them write paths.
  'list_all_alerts',
  'save_alert',
  'delete_alert',
  'share_alert',
  'start_export',
  'get_export',
  'cancel_export',
  'add_sensor',
  'list_sensors',
  'get_sensor',
  'retire_sensor',
  'import_feed',
];

describe(`${RUNS} calls of each tool`, () => {
  test.each(TOOLS)('%s', async (tool) => {
    let calls = 0;
    let token = '';
    await fc.assert(
      fc.asyncProperty(anyArguments, async (args) => {
        if (calls++ % CALLS_OF_ONE_USER === 0) token = await reference.token(`${tool}-${calls}`);
        const { status, body, requestId } = await call(tool, args, token);
        expect(status, body).toBeLessThan(500);
        expect(body).not.toMatch(INSIDE);
        for (const canary of Object.values(reference.world.canaries)) {
          expect(body).not.toContain(canary);
        }
        expect(body).not.toContain(reference.world.upstreamApiKey);
        // A body that the parser refuses, for a member called __proto__ say, holds no call to log.
        const lines = status === 400 ? 0 : 1;
        expect(await auditLinesOf(reference, requestId)).toHaveLength(lines);
      }),
      { numRuns: RUNS },
    );
  });
});

/** Places in files, of the server or of its world, and words of its database. */
const INSIDE = /node_modules|\/srv\/|\n\s+at |SELECT |no such table|SQLITE/;

function call(
  tool: string,
  args: unknown,
  token: string,
): Promise<{ status: number; body: string; requestId: string }> {
  const message = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: tool, arguments: args },
  };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      reference.config.resource,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2025-11-25',
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            requestId: String(response.headers['x-request-id']),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(message));
  });
}
