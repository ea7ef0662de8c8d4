/** The request pipeline, with controls that only record that they were asked. */
import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { UnsecuredJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { weatherServerConfig } from './config.ts';
import type { CallRecord, SecurityControls } from './controls.ts';
import { InsufficientScopeError, InvalidMessageError } from './errors.ts';
import { createWeatherServer } from './server.ts';
import { createKeyRing, makeSigningKey } from './signing-keys.ts';
import { unguarded } from './unguarded.ts';
import { createWorld } from './world/world.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(controls: Partial<SecurityControls>) {
  const records: CallRecord[] = [];
  const world = createWorld();
  const keys = createKeyRing(await makeSigningKey());
  const recording: SecurityControls = {
    ...unguarded,
    createAuditLog: () => ({ record: (r: CallRecord) => void records.push(r) }),
    orderCallSteps: ({ audit, authorize, limit, validate }) => [audit, authorize, limit, validate],
  };
  server = createServer((request, response) => app(request, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = createWeatherServer(
    { ...recording, ...controls },
    world,
    weatherServerConfig(origin),
    keys,
  );
  const post = (body: unknown) =>
    fetch(`${origin}/mcp`, {
      method: 'POST',
      headers: {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  const call = (name: string, args: unknown, id = 1) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: args },
  });
  return { origin, world, records, post, call };
}

test('a call for an unknown tool, or with bad arguments, is limited and audited', async () => {
  const limited: string[] = [];
  const { records, post, call } = await serve({
    createRateLimiter: () => ({
      check: ({ tool }) => {
        limited.push(tool);
        return { allowed: true };
      },
    }),
  });
  await post(call('no_such_tool', {}));
  await post(call('search_stations', { query: 42 }));
  expect(limited).toEqual(['no_such_tool', 'search_stations']);
  expect(records.map(({ call: { tool }, outcome }) => [tool, outcome])).toEqual([
    ['no_such_tool', 'refused'],
    ['search_stations', 'refused'],
  ]);
});

test('a call that authentication refuses is audited as well', async () => {
  const { records, post, call, world } = await serve({
    createBearerAuth: () => (_request, response) => void response.status(401).json({}),
  });
  await post(call('get_weather', { city: 'Paris', units: 'metric' }));
  expect(records).toMatchObject([{ outcome: 'refused', reason: 'HTTP 401' }]);
  expect(world.tape.entries().some(({ kind }) => kind === 'tool')).toBe(false);
});

test('a call that the SDK refuses is audited too, and one in a refused batch with its actor', async () => {
  const { records, post, call } = await serve({
    createBearerAuth: () => (request, _response, next) => {
      const extra = { issuer: 'https://issuer.example', subject: 'alice' };
      request.auth = { token: 't', clientId: 'c', scopes: [], extra };
      next();
    },
    requireSingleMessage: (body) => {
      if (Array.isArray(body)) throw new InvalidMessageError('one at a time');
    },
  });
  await post(call('get_weather', ['Paris']));
  await post([call('get_weather', {}, 1), call('get_weather', {}, 2)]);
  const refused = { outcome: 'refused', call: { actor: { subject: 'alice' } } };
  await expect.poll(() => records).toMatchObject([refused, refused, refused]);
});

test('whoever calls for a tenant is kept under its key, and whoever calls for none under the issuer', async () => {
  const issuer = 'https://issuer.example';
  const { records, post, call } = await serve({
    createBearerAuth: () => (request, _response, next) => {
      const claims = records.length === 0 ? { org_id: 'acme' } : {};
      const token = new UnsecuredJWT(claims).encode();
      request.auth = { token, clientId: 'c', scopes: [], extra: { issuer, subject: 'alice' } };
      next();
    },
    keyOfTenant: (tenant, asked) => `key of ${tenant.id} at ${tenant.issuer}, asked ${asked}`,
  });
  await post(call('list_sensors', {}));
  await post(call('list_sensors', {}));
  expect(records.map(({ call: { actor } }) => actor)).toMatchObject([
    { issuer: `key of acme at ${issuer}, asked undefined`, tenant: { issuer, id: 'acme' } },
    { issuer, subject: 'alice' },
  ]);
  expect(records[1]?.call.actor).not.toHaveProperty('tenant');
  expect(records.map(({ outcome }) => outcome)).toEqual(['succeeded', 'refused']);
});

test('a body of many calls leaves a few lines, and one that counts the rest', async () => {
  const { records, post, call } = await serve({
    createBearerAuth: () => (_request, response) => void response.status(401).json({}),
  });
  await post(Array.from({ length: 500 }, (_, id) => call('get_weather', {}, id)));
  await expect.poll(() => records.length).toBe(21);
  expect(records.at(-1)?.reason).toBe('HTTP 401, as were 479 more in this body');
});

test('a tool that begins and breaks has failed, and was not refused', async () => {
  const { records, post, call, world } = await serve({});
  world.breakDown('upstream', { answers: 500, message: '{}' });
  await post(call('get_weather', { city: 'Paris', units: 'metric' }));
  world.breakDown('upstream', undefined);
  expect(records).toMatchObject([{ outcome: 'failed', reason: 'UnavailableError' }]);
});

test('an odd name of a tool, and a log that fails, leave the server standing', async () => {
  const { post, origin } = await serve({
    createAuditLog: () => ({
      record: () => {
        throw new Error('disk full');
      },
    }),
  });
  await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: { toString: 1 } } });
  await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: null });
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
});

test.each([0, 1, 5, 20])(
  'whoever hangs up after %d ms leaves one line, and it is true',
  async (wait) => {
    const { origin, records, call, world } = await serve({
      createBearerAuth: () => (_request, _response, next) => void setTimeout(next, 5),
    });
    const body = JSON.stringify(call('search_stations', { query: 'x', sort_by: 'name', limit: 1 }));
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => {
      const headers = [
        'Host: 127.0.0.1',
        'Content-Type: application/json',
        'Accept: application/json, text/event-stream',
        `Content-Length: ${body.length}`,
      ];
      socket.write(`POST /mcp HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`);
      setTimeout(() => socket.destroy(), wait);
    });
    await expect.poll(() => records.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const ranTool = world.tape.entries().some(({ kind }) => kind === 'tool');
    expect(records.map(({ outcome }) => outcome)).toEqual([ranTool ? 'succeeded' : 'refused']);
  },
);

test('the consent page is not shown under a name that is not ours', async () => {
  const { origin } = await serve({});
  const statusUnder = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const url = `${origin}/authorize?client_id=x&response_type=code`;
      httpRequest(url, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await statusUnder('rebind.evil.example:3001')).toBe(421);
  expect(await statusUnder('localhost:3001')).toBe(400); // the client is not known
});

test('the audit line is written whatever the tool does', async () => {
  const { records, post, call } = await serve({
    searchStations: () => Promise.reject(new Error('disk on fire')),
  });
  await post(call('search_stations', { query: 'x' }));
  await post(call('get_weather', { city: 'Paris', units: 'metric' }));
  expect(records.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
});

test('a missing scope is answered with 403 and a challenge that names it', async () => {
  const { post, call, records } = await serve({
    authorizeTool: (_actor, tool) => {
      throw new InsufficientScopeError([tool.scope]);
    },
    buildBearerChallenge: ({ error, scopes }) =>
      `Bearer error="${error}", scope="${scopes?.join(' ')}"`,
  });
  const response = await post(call('save_alert', { city: 'Paris', text: 'storm' }));
  expect(response.status).toBe(403);
  expect(response.headers.get('www-authenticate')).toBe(
    'Bearer error="insufficient_scope", scope="weather:write"',
  );
  expect(records).toMatchObject([{ outcome: 'refused' }]);
});

test('a refused batch is answered with 400 and −32600, and runs nothing', async () => {
  const { post, call, world } = await serve({
    requireSingleMessage: (body) => {
      if (Array.isArray(body)) throw new InvalidMessageError('one at a time');
    },
  });
  const response = await post([
    call('get_weather', { city: 'Paris' }),
    call('get_weather', { city: 'Rome' }),
  ]);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: -32600 }, id: null });
  expect(world.tape.entries().some(({ kind }) => kind === 'tool')).toBe(false);
});

test('a body that no parser took is no message', async () => {
  const { post, call, world } = await serve({
    createBodyParser: () => (_request, _response, next) => next(),
  });
  const response = await post(call('get_weather', { city: 'Paris', units: 'metric' }));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ id: null, error: { code: -32700 } });
  expect(world.tape.entries().filter(({ kind }) => kind === 'tool')).toEqual([]);
});

test('every tool does its work', async () => {
  const { post, call } = await serve({});
  const calls: [string, unknown, RegExp][] = [
    ['get_weather', { city: '東京', units: 'imperial' }, /"country":"JP"/],
    ['get_forecast', { city: 'Paris', days: 2, units: 'metric' }, /"days":\[\{"date"/],
    ['search_stations', { query: 'Paris', sort_by: 'name', limit: 2 }, /Paris/],
    ['read_report', { name: '2026-03-paris.txt' }, /Paris/],
    [
      'ping_station',
      { host: 'paris-1.stations.example' },
      /^paris-1.stations.example : .* 64 bytes/,
    ],
    ['save_alert', { city: 'Paris', text: 'storm' }, /"id":1/],
    ['delete_alert', { id: 1 }, /"deleted":1/],
  ];
  for (const [name, args, expected] of calls) {
    const { result } = (await (await post(call(name, args))).json()) as {
      result: { isError?: boolean; content: { text: string }[] };
    };
    expect(result.isError, name).not.toBe(true);
    expect(result.content[0]?.text).toMatch(expected);
  }
});

test('other methods, unknown paths and the health check have their answers', async () => {
  const { origin } = await serve({});
  expect((await fetch(`${origin}/mcp`)).status).toBe(405);
  expect((await fetch(`${origin}/nowhere`)).status).toBe(404);
  expect(await (await fetch(`${origin}/healthz`)).json()).toEqual({ status: 'ok' });
});

test('the upstream service is asked with the key from the vault', async () => {
  const { post, call, world } = await serve({});
  await post(call('get_weather', { city: 'Paris', units: 'metric' }));
  expect(world.tape.entries()).toContainEqual(
    expect.objectContaining({ kind: 'upstream', status: 200, expected: true }),
  );
});
