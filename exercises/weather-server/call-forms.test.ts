/** Whatever a tool call looks like, it is limited, logged, and refused or run in the server's words. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { weatherServerConfig } from './config.ts';
import type { CallRecord } from './controls.ts';
import { createWeatherServer } from './server.ts';
import { createKeyRing, makeSigningKey } from './signing-keys.ts';
import { unguarded } from './unguarded.ts';
import { createWorld, type World } from './world/world.ts';

const RUNS = { numRuns: 500 };

let server: Server;
let origin: string;
let world: World;
let limited = 0;
let records: CallRecord[] = [];
beforeAll(async () => {
  world = createWorld();
  const keys = createKeyRing(await makeSigningKey());
  server = createServer((request, response) => app(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = createWeatherServer(
    {
      ...unguarded,
      createBodyParser: () => express.json({ limit: '1mb' }),
      createAuditLog: () => ({ record: (entry) => void records.push(entry) }),
      createRateLimiter: () => ({
        check: () => {
          limited++;
          return { allowed: true };
        },
      }),
      orderCallSteps: ({ audit, authorize, limit, validate }) => [
        audit,
        authorize,
        limit,
        validate,
      ],
    },
    world,
    weatherServerConfig(origin),
    keys,
  );
});
afterAll(() => server.close());
beforeEach(() => {
  limited = 0;
  records = [];
});

async function post(body: unknown): Promise<{ status: number; type: string | null; text: string }> {
  const answer = await fetch(`${origin}/mcp`, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  };
}
const executions = () => world.tape.entries().filter(({ kind }) => kind === 'tool').length;

/** Members as they should be, as they should not, and left out. */
const member = (right: unknown) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, null, 0, -1, 1.5, true, '', 'x', [], {}) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );
const params = fc
  .record({
    name: member('list_alerts'),
    arguments: member({}),
    _meta: member(undefined),
    task: member(undefined),
  })
  .map((whole) => whole as unknown);
const message = fc.record({
  jsonrpc: member('2.0'),
  id: member(1),
  method: fc.constant('tools/call'),
  params: fc.oneof({ weight: 4, arbitrary: params }, { weight: 1, arbitrary: member([]) }),
  result: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.jsonValue()),
});

/** Texts of the SDK's and of its schema library. */
const FOREIGN_WORDS = /"code":-32603|invalid_type|expected|"path"|Invalid tools\/call|Parse error/;

test('a call of any form is counted once, logged once, and answered in our words', async () => {
  await fc.assert(
    fc.asyncProperty(message, async (sent) => {
      limited = 0;
      records = [];
      const before = executions();
      const { status, text, type } = await post(sent);
      expect(limited).toBe(1);
      expect(records).toHaveLength(1);
      expect(text).not.toMatch(FOREIGN_WORDS);
      expect([200, 202, 400]).toContain(status);
      expect(status === 202 ? type : type?.split(';')[0]).toBe(
        status === 202 ? null : 'application/json',
      );
      const ran = executions() > before;
      expect(records[0]?.outcome).toBe(ran ? 'succeeded' : 'refused');
      const isAnswered = status === 200 && !('isError' in JSON.parse(text).result);
      expect(ran).toBe(isAnswered);
    }),
    RUNS,
  );
});

const call = (changes: object, its: object = {}) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  ...its,
  params: { name: 'list_alerts', arguments: {}, ...changes },
});

describe('arguments that are no object are not acceptable, also where none are needed', () => {
  test.each([[null], [[]], ['x'], [1], [false]])('%j', async (args) => {
    const { status, text } = await post(call({ arguments: args }));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ id: 1, result: { isError: true } });
    expect(records).toMatchObject([{ outcome: 'refused', reason: 'InvalidInputError' }]);
  });
});

test('a call without an id is a notification: counted, logged, and neither run nor answered', async () => {
  const before = executions();
  const { status, type, text } = await post(call({}, { id: undefined }));
  expect({ status, type, text }).toEqual({ status: 202, type: null, text: '' });
  expect(limited).toBe(1);
  expect(records).toMatchObject([{ outcome: 'refused' }]);
  expect(executions()).toBe(before);
});

test('a body of very many calls that nobody can answer is counted and logged in few lines', async () => {
  const before = executions();
  await post(Array.from({ length: 500 }, () => call({}, { id: null })));
  expect(limited).toBe(20);
  await expect.poll(() => records.length).toBe(41);
  expect(executions()).toBe(before);
});

test('parameters of another method that do not fit are refused in our words', async () => {
  for (const method of ['tools/list', 'initialize']) {
    const { text } = await post({ jsonrpc: '2.0', id: 7, method, params: { cursor: 5 } });
    expect(JSON.parse(text)).toMatchObject({ id: 7, error: { code: -32602 } });
    expect(text).not.toMatch(FOREIGN_WORDS);
  }
});

test('a notification is answered 202, without a body and so without a type of one', async () => {
  const sent = { jsonrpc: '2.0', method: 'notifications/initialized' };
  expect(await post(sent)).toEqual({ status: 202, type: null, text: '' });
});
