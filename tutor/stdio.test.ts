/** The tutor as clients start it: a process whose standard output is the protocol and nothing else. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client as NewClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as NewTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { projectFolder } from '../shared/project-path.ts';
import { clientConfig } from './client-config.ts';

const command = process.execPath;
const args = ['scripts/run.mjs', 'commands/tutor.ts'].map((file) => path.join(projectFolder, file));
// As a client may: from anywhere.
const started = { command, args, cwd: tmpdir(), stderr: 'ignore' } as const;
const info = { name: 'test', version: '1.0.0' };
const LESSON = { name: 'read_lesson', arguments: { topic: '05', section: 'time' } };
const FIRED = { name: 'fire_attack', arguments: { topic: '05', attack: 'tok-missing' } };

test('SDK v1 lists, and reads', async () => {
  const client = new OldClient(info);
  await client.connect(new OldTransport(started));
  try {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('grade_topic');
    const { structuredContent } = await client.callTool(LESSON);
    expect(structuredContent).toMatchObject({ title: 'Time' });
  } finally {
    await client.close();
  }
});

test('SDK v1 fires, and is told why a check failed', { tags: ['long'] }, async () => {
  const client = new OldClient(info);
  await client.connect(new OldTransport(started));
  try {
    const fired = await client.callTool(FIRED, undefined, { timeout: 300_000 });
    expect(fired.structuredContent).toMatchObject({ attack: 'tok-missing' });
    const asked = { name: 'explain_failure', arguments: { topic: '05', check: 'tok-missing' } };
    const explained = await client.callTool(asked, undefined, { timeout: 300_000 });
    expect(explained.structuredContent).toMatchObject({ check: 'tok-missing' });
  } finally {
    await client.close();
  }
});

test.each([
  ['2025-11-25', { mode: 'legacy' as const }],
  ['2026-07-28', { mode: { pin: '2026-07-28' } }],
  ['whichever it finds', { mode: 'auto' as const }],
])('SDK v2 lists and reads in %s', async (_name, versionNegotiation) => {
  const client = new NewClient(info, { versionNegotiation });
  await client.connect(new NewTransport(started));
  try {
    expect((await client.listTools()).tools.length).toBeGreaterThan(5);
    const { structuredContent } = await client.callTool(LESSON);
    expect(structuredContent).toMatchObject({ title: 'Time' });
  } finally {
    await client.close();
  }
});

test('standard output is the protocol, also when what comes in is not, and it ends with its input', async () => {
  const child = spawn(command, args, { cwd: tmpdir(), stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ended = new Promise((resolve) => child.on('close', resolve));
  const send = (message: unknown): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  child.stdin.write('no JSON at all\n');
  send({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: info },
  });
  send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  send({ jsonrpc: '2.0', id: 2, method: 'no/such/method' });
  send({ jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'list_topics' } });
  await expect.poll(() => out, { timeout: 300_000 }).toContain('"id":3');
  child.stdin.end();
  expect(await ended).toBe(0);
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    lines.map(() => expect.objectContaining({ jsonrpc: '2.0' })),
  );
});

test('says how clients start it, without npm in between', () => {
  const said = clientConfig('/usr/bin/node');
  expect(said).toContain(
    `claude mcp add secure-mcp-workbook -- /usr/bin/node ${args[0]} ${args[1]}`,
  );
  expect(said).toContain('"mcpServers"');
  expect(clientConfig("/a b's/node")).toContain(`'/a b'\\''s/node'`);
});
