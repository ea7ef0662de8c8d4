/**
 * What lessons 08 and 13 advise instead of what SDK v1 and its clients get wrong: it is listed, it can
 * be called, and its result is taken by a client that has listed the tools. What goes wrong itself is
 * shown by the scripts in `findings/`.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { z } from 'zod';

const me = { name: 'advice', version: '1.0.0' };

async function connect(server: McpServer): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client(me);
  await server.connect(far);
  await client.connect(near);
  return client;
}

/** One tool that returns what it is given, or `result`; its list entry, and its answer after listing. */
async function tryTool(
  schema: z.ZodObject,
  sent: Record<string, unknown>,
  result?: CallToolResult,
): Promise<{ listed: object; answer: CallToolResult }> {
  const server = new McpServer(me);
  server.registerTool('echo', { inputSchema: schema, outputSchema: schema }, (given) =>
    Promise.resolve(
      result ?? {
        content: [{ type: 'text' as const, text: JSON.stringify(given) }],
        structuredContent: given,
      },
    ),
  );
  const client = await connect(server);
  const { tools } = await client.listTools();
  const answer = await client.callTool({ name: 'echo', arguments: sent });
  return { listed: tools[0]?.inputSchema ?? {}, answer: answer as CallToolResult };
}

test.each([
  ['z.iso.date() for a date', z.object({ day: z.iso.date() }), { day: '2026-11-29' }],
  [
    'one object with optional members for a union',
    z.object({ city: z.string().optional(), place: z.array(z.number()).optional() }),
    { place: [59.9, 10.7] },
  ],
  [
    'both cases of a letter for the flag i',
    z.object({ city: z.string().regex(/^[Oo]slo$/) }),
    { city: 'Oslo' },
  ],
  [
    'an object with a record inside for a record',
    z.object({ celsius: z.record(z.string(), z.number()) }),
    { celsius: { Oslo: 4 } },
  ],
  [
    'an object with two names for a pair',
    z.object({ place: z.object({ latitude: z.number(), longitude: z.number() }) }),
    { place: { latitude: 59.9, longitude: 10.7 } },
  ],
])('%s is listed, called and taken', async (_, schema, sent) => {
  const { listed, answer } = await tryTool(schema, sent);
  expect(Object.keys((listed as { properties: object }).properties)).toEqual(
    Object.keys(schema.shape),
  );
  expect(answer.isError).toBeFalsy();
  expect(answer.structuredContent).toEqual(sent);
});

test('what the schema parsed is taken, where what was there before is not', async () => {
  const schema = z.object({ city: z.string(), units: z.string().default('metric') });
  const row = { city: 'Oslo', key: 'of the table' };
  const send = (structuredContent: Record<string, unknown>) =>
    tryTool(schema, { city: 'Oslo' }, { content: [], structuredContent });
  await expect(send(row)).rejects.toThrow('must');
  const { answer } = await send(schema.parse(row));
  expect(answer.structuredContent).toEqual({ city: 'Oslo', units: 'metric' });
});

test('details of an error reach a client in the text, and not beside it', async () => {
  const schema = z.object({ city: z.string() });
  const fail = (more: object) =>
    tryTool(
      schema,
      { city: 'Oslo' },
      {
        isError: true,
        content: [{ type: 'text', text: '{"error":{"code":"NOT_FOUND"}}' }],
        ...more,
      },
    );
  await expect(fail({ structuredContent: { code: 'NOT_FOUND' } })).rejects.toThrow('output schema');
  const { answer } = await fail({});
  expect(answer.content).toMatchObject([{ text: expect.stringContaining('NOT_FOUND') as string }]);
});

test('z.coerce.number() takes an argument of a prompt', async () => {
  const server = new McpServer(me);
  server.registerPrompt(
    'days',
    { argsSchema: { days: z.coerce.number() as never } },
    ({ days }) => ({
      messages: [{ role: 'user', content: { type: 'text', text: typeof days } }],
    }),
  );
  const client = await connect(server);
  const { messages } = await client.getPrompt({ name: 'days', arguments: { days: '3' } });
  expect(messages).toMatchObject([{ content: { text: 'number' } }]);
});

test('a resource as new URL() spells it can be read, and a template wants its value decoded', async () => {
  const server = new McpServer(me);
  const uri = new URL('https://example.com').href;
  const read = (text: string) => ({ contents: [{ uri, text }] });
  server.registerResource('page', uri, {}, () => read('the page'));
  server.registerResource(
    'city',
    new ResourceTemplate('weather://{city}', { list: undefined }),
    {},
    (_, { city }) => read(decodeURIComponent(String(city))),
  );
  const client = await connect(server);
  const [listed] = (await client.listResources()).resources;
  expect(await client.readResource({ uri: listed?.uri ?? '' })).toEqual(read('the page'));
  const city = await client.readResource({ uri: 'weather://S%C3%A3o%20Paulo' });
  expect(city).toEqual(read('São Paulo'));
});

test('completable() around everything else completes', async () => {
  const server = new McpServer(me);
  const city = completable(z.string().describe('A city'), () => ['Oslo']);
  server.registerPrompt('report', { argsSchema: { city } }, () => ({ messages: [] }));
  const client = await connect(server);
  const { completion } = await client.complete({
    ref: { type: 'ref/prompt', name: 'report' },
    argument: { name: 'city', value: 'O' },
  });
  expect(completion.values).toEqual(['Oslo']);
});

test('disable() takes what was renamed out of the list', async () => {
  const server = new McpServer(me);
  const nothing = () => ({ content: [] });
  server.registerTool('stays', {}, nothing);
  const tool = server.registerTool('old', {}, nothing);
  const client = await connect(server);
  tool.update({ name: 'new' });
  tool.disable();
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['stays']);
});
