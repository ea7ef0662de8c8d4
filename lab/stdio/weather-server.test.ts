/** What lesson 22 says of a server on a pipe, seen at one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Client as NewClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as NewTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectFolder } from '../../shared/project-path.ts';

const command = process.execPath;
const args = ['scripts/run.mjs', 'lab/stdio/weather-server.ts'].map((file) =>
  path.join(projectFolder, file),
);
const started = { command, args, stderr: 'ignore' } as const;
const info = { name: 'test', version: '1.0.0' };
const PARIS = { name: 'get_weather', arguments: { city: 'Paris' } };
const VARIABLES = { name: 'list_variables' };

const SECRET = 'WORKBOOK_TEST_SECRET';
beforeEach(() => {
  process.env[SECRET] = 'for nobody';
});
afterEach(() => {
  delete process.env[SECRET];
});

const textOf = (result: object): string => {
  const { content } = result as { content?: { text?: string }[] };
  return content?.[0]?.text ?? '';
};

test('SDK v1 gets the weather, and hands over no variable of its own but six', async () => {
  const client = new OldClient(info);
  await client.connect(new OldTransport({ ...started, env: { UNITS: 'metric' } }));
  try {
    expect(textOf(await client.callTool(PARIS))).toContain('temperatureC');
    const names = textOf(await client.callTool(VARIABLES)).split(' ');
    expect(names).toContain('UNITS');
    expect(names).not.toContain(SECRET);
  } finally {
    await client.close();
  }
});

test(
  'SDK v2 gets the weather in 2026-07-28, and hands over as little',
  { tags: ['long'] },
  async () => {
    const client = new NewClient(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
    await client.connect(new NewTransport(started));
    try {
      expect(textOf(await client.callTool(PARIS))).toContain('temperatureC');
      expect(textOf(await client.callTool(VARIABLES)).split(' ')).not.toContain(SECRET);
    } finally {
      await client.close();
    }
  },
);

test('spawn by itself hands over everything', async () => {
  const child = spawn(command, ['-p', `process.env.${SECRET}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toContain('for nobody');
});

test(
  'a line on standard output that is no message is an error to SDK v1, and nothing to v2',
  { tags: ['long'] },
  async () => {
    const chatty = { ...started, args: [...args, '--chatty'] };
    const errors: { v1: string[]; v2: string[] } = { v1: [], v2: [] };
    const old = new OldClient(info);
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a client is no event target
    old.onerror = ({ message }) => void errors.v1.push(message);
    await old.connect(new OldTransport(chatty));
    await old.close();
    const modern = new NewClient(info);
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a client is no event target
    modern.onerror = ({ message }) => void errors.v2.push(message);
    await modern.connect(new NewTransport(chatty));
    await modern.close();
    expect(errors.v1).toHaveLength(1);
    expect(errors.v2).toEqual([]);
  },
);

test('it ends with its input', async () => {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  await once(child.stderr, 'data');
  child.stdin.end();
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
});
