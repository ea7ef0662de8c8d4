/** The commands a learner types, as processes of their own, in a copy of the workbook. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyWorkbook, type Ended, type WorkbookCopy } from '../../shared/copy-workbook.ts';
import { anyFreePort } from '../../shared/free-port.ts';

let copy: WorkbookCopy;
beforeAll(() => {
  copy = copyWorkbook('commands');
});
afterAll(() => copy.remove());

const grade = (...args: string[]): Promise<Ended> => copy.run('commands/grade.ts', args);
const inCopy = (file: string): string => path.join(copy.folder, file);
const solve = (slug: string, file: string): void =>
  cpSync(inCopy(`solutions/${slug}/${file}`), inCopy(`exercises/${slug}/${file}`));

describe('grade', () => {
  test(
    'says of a topic that nobody has begun what there is to do, in about ten lines',
    { tags: ['long'] },
    async () => {
      const { code, output } = await grade('05');
      expect(code).toBe(1);
      const [, own = ''] = output.split('05 Access tokens');
      expect(own.split('\n').length).toBeLessThanOrEqual(14);
      expect(output).toContain('Nothing has been written here yet:');
      expect(output).toContain('exercises/05-access-tokens/verify-access-token.ts');
      expect(output).toContain('npm run grade -- 05 --full');
      expect(output).not.toContain('FAILED');
    },
  );

  test(
    'lists the topics when there is no such topic, and exits with 2',
    { tags: ['long'] },
    async () => {
      const { code, output } = await grade('nonsense');
      expect(code).toBe(2);
      expect(output).toContain('“nonsense” is not a topic');
      expect(output).toContain('10-rate-limits');
    },
  );

  test('passes the reference, and exits with 0', async () => {
    const { code, output } = await grade('--solutions', '01');
    expect(output).toMatch(/4 passed, 0 failed/);
    expect(code).toBe(0);
  });

  test(
    'passes a solved topic, fails one that does not load, and says where',
    { tags: ['long'] },
    async () => {
      solve('01-oauth-discovery', 'metadata.ts');
      solve('01-oauth-discovery', 'bearer-challenge.ts');
      const stub = inCopy('exercises/08-city-input/city-input.ts');
      writeFileSync(stub, `${readFileSync(stub, 'utf8')}\nconst broken = (;\n`);
      const { code, output } = await grade('1', 'city-input');
      expect(code).toBe(1);
      expect(output).toMatch(/4 of 4 {2}01 OAuth discovery/);
      expect(output).toMatch(/0 of \d+ {2}08 City input/);
      expect(output).toMatch(/exercises\/08-city-input\/city-input\.ts:\d+: .*syntax error/);
    },
  );

  test(
    'is not fooled by a stub that ends the process with success',
    { tags: ['long'] },
    async () => {
      writeFileSync(
        inCopy('exercises/01-oauth-discovery/metadata.ts'),
        'process.reallyExit(0);\nexport {};\n',
      );
      const { code, output } = await grade('01');
      expect(code).toBe(1);
      expect(output).toMatch(/0 passed, 4 failed/);
    },
  );
});

describe('serve', () => {
  test('says how it is used', { tags: ['long'] }, async () => {
    const { code, output } = await copy.run('commands/serve.ts', ['everything']);
    expect(code).toBe(2);
    expect(output).toContain('exercises|solutions');
  });

  test(
    'does not start with a key that is none, and does not print it',
    { tags: ['long'] },
    async () => {
      const key = randomBytes(31).toString('base64');
      const port = String(await anyFreePort());
      const { code, output } = await copy.run('commands/serve.ts', ['solutions', '--port', port], {
        WEATHER_KEKS: `v1=${key}`,
      });
      expect(code).toBe(1);
      expect(output).toContain('Key encryption key 1');
      expect(output).not.toContain(key.slice(0, 12));
      expect(output).not.toContain('Listening');
    },
  );

  test(
    'serves a real client with the token it printed, and nobody from elsewhere',
    { tags: ['long'] },
    async () => {
      await whileServing([], async (printed, port) => {
        const url = `http://127.0.0.1:${port}/mcp`;
        expect(printed).toContain(url);
        const client = new Client({ name: 'test', version: '1' });
        const headers = { authorization: `Bearer ${tokenIn(printed)}` };
        await client.connect(
          new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
        );
        const { tools } = await client.listTools();
        expect(tools.map(({ name }) => name)).toContain('get_weather');
        const result = await client.callTool({
          name: 'get_weather',
          arguments: { city: '東京', units: 'metric' },
        });
        expect(result.isError).toBeFalsy();
        expect(JSON.stringify(result.structuredContent)).toContain('東京');
        await client.close();

        const fromElsewhere = await fetch(url, { headers: { origin: 'https://evil.example' } });
        expect(fromElsewhere.status).toBe(403);
      });
    },
  );

  test(
    'speaks TLS with a certificate made on the spot, to clients that trust it',
    { tags: ['long'] },
    async () => {
      await whileServing(['--https'], async (printed, port) => {
        const file = /--cacert (\S+)/.exec(printed)?.[1] ?? '';
        const ca = readFileSync(path.join(copy.folder, file), 'utf8');
        const call = {
          host: '127.0.0.1',
          port,
          path: '/mcp',
          method: 'POST',
          headers: {
            authorization: `Bearer ${tokenIn(printed)}`,
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
          },
          body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
        };
        const trusted = await askOverTls({ ...call, ca });
        expect(trusted.status).toBe(200);
        expect(trusted.body).toContain('get_weather');
        // Only over TLS does the header mean anything (RFC 6797 section 7.2).
        expect(trusted.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);

        const { authorization_servers } = JSON.parse(
          (await askOverTls({ ...call, ca, method: 'GET', path: RESOURCE_METADATA, body: '' }))
            .body,
        ) as { authorization_servers: string[] };
        expect(authorization_servers).toEqual([`https://127.0.0.1:${port}`]);

        await expect(askOverTls(call)).rejects.toThrow(/self-signed/i);
        await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
      });
    },
  );
});

const RESOURCE_METADATA = '/.well-known/oauth-protected-resource/mcp';

const tokenIn = (printed: string): string => /alice, \d+ minutes:\s+(\S+)/.exec(printed)?.[1] ?? '';

/** Starts `npm run serve -- solutions` in the copy, and ends it when `work` is done. */
async function whileServing(
  options: string[],
  work: (printed: string, port: number) => Promise<void>,
): Promise<void> {
  const port = await anyFreePort();
  const child = spawn(
    process.execPath,
    ['scripts/run.mjs', 'commands/serve.ts', 'solutions', '--port', String(port), ...options],
    { cwd: copy.folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  try {
    const printed = await new Promise<string>((resolve) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        if (output.includes('Listening at')) resolve(output);
      });
    });
    await work(printed, port);
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

function askOverTls({ body, ...options }: RequestOptions & { body: string }): Promise<{
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest({ ...options, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: text }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
