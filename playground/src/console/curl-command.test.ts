/**
 * Commands are read back by real shells, which run a `curl` that writes down what it was given.
 *
 * @module-tag long
 */
import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../lab/protocol.ts';
import { curlCommand } from './curl-command.ts';
import { printf, quote } from './posix-quote.ts';

const replay = { origin: 'http://127.0.0.1:4000', ticket: 'ticket-1' };

const exchange = (request: Partial<Exchange['request']>): Exchange => ({
  role: 'attack',
  label: 'call',
  requestId: 'n-1',
  request: { method: 'GET', path: '/mcp', headers: {}, body: '', ...request },
  response: { status: 200, headers: {}, body: '' },
});

function commandFor(request: Partial<Exchange['request']>): string {
  const made = curlCommand(exchange(request), replay);
  return 'command' in made ? made.command : `none: ${made.problem}`;
}

interface Called {
  /** As bytes, one character each. */
  args: string[];
  input: Buffer;
}

/** Of Windows no shell is one of these. */
const hasShells = process.platform !== 'win32';
const shells = ['sh', 'bash'];

function run(shell: string, command: string): Called {
  // `set -f` is not there: that nothing is expanded is what is tested.
  const script = `curl() { printf '%s\\0' "$@"; printf 'END\\0'; case "$*" in *@-*) cat;; esac; }\n${command}\n`;
  const output = execFileSync(shell, ['-s'], { input: script, cwd: import.meta.dirname });
  const end = output.indexOf('END\0');
  return {
    args: output.subarray(0, end).toString('latin1').split('\0').slice(0, -1),
    input: output.subarray(end + 4),
  };
}

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const valuesOf = (flag: string, { args }: Called): string[] =>
  args.filter((_, i) => args[i - 1] === flag);

function bodyOf(called: Called): Buffer {
  const [raw] = valuesOf('--data-raw', called);
  return raw === undefined ? called.input : Buffer.from(raw, 'latin1');
}

/** Of these characters. */
const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

/** Text that a shell, printf, curl or a terminal could take for something else. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: oneOf('\'"\\$`!*?[]{}()<>|&;#~%@=^ \n\t\r\0é東\u202e\u{1f600}\u001b'),
    maxLength: 60,
  }),
  fc.constantFrom(
    '@/etc/passwd',
    '-X',
    '-v\n',
    '--\n',
    '%s%n',
    '$(id)',
    '`id`',
    "'; id; '",
    '\n\n',
    '\\n',
    '\\047',
    ' ',
  ),
);

describe.runIf(hasShells).each(shells)('%s', (shell) => {
  it('gets every body back, byte by byte', () => {
    fc.assert(
      fc.property(nasty, (body) => {
        const called = run(shell, commandFor({ method: 'POST', body }));
        expect(bodyOf(called)).toEqual(Buffer.from(body, 'utf8'));
        expect(called.args.filter((argument) => argument.startsWith('http://'))).toHaveLength(1);
      }),
      { numRuns: 120 },
    );
  });

  it('gets header values back, in the one byte per character that HTTP has', () => {
    const value = fc.string({
      unit: oneOf('\'"\\$`!*?[]{}()<>|&;#~%@=^ \té\u00ff\u00a0abc'),
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(value, (text) => {
        const called = run(shell, commandFor({ headers: { 'x-thing': text } }));
        expect(valuesOf('-H', called)).toContain(`x-thing: ${text}`);
      }),
      { numRuns: 60 },
    );
  });

  it('gets paths back, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: oneOf('\'"\\$`*?[]{}#~%&é ./'), maxLength: 30 }), (tail) => {
        const called = run(shell, commandFor({ path: `/${tail}` }));
        const [target] = valuesOf('--request-target', called);
        const url = called.args.find((argument) => argument.startsWith(replay.origin));
        expect(target ?? url?.slice(replay.origin.length)).toBe(latin1(`/${tail}`));
      }),
      { numRuns: 60 },
    );
  });

  it('takes a body that is too long for an argument', () => {
    const body = '東'.repeat(60_000);
    expect(bodyOf(run(shell, commandFor({ method: 'POST', body })))).toEqual(Buffer.from(body));
  });

  it('compresses what was compressed', () => {
    const called = run(shell, commandFor({ method: 'POST', body: '{"a":1}\n', sendBody: 'gzip' }));
    expect(gunzipSync(called.input).toString()).toBe('{"a":1}\n');
  });

  it('quotes a word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0'));
        const input = `printf '%s' ${quote(text)}x`;
        expect(execFileSync(shell, ['-s'], { input })).toEqual(Buffer.from(`${text}x`));
      }),
      { numRuns: 40 },
    );
  });

  it('prints every byte there is', () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
    const written = execFileSync(shell, ['-s'], { input: printf(bytes) });
    expect(written.equals(bytes)).toBe(true);
  });
});

it('writes an ordinary call in a way that people can read', () => {
  expect(
    commandFor({
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ey.J' },
      body: `{"city":"Xi'an"}`,
    }),
  ).toBe(String.raw`curl --silent --show-error --include --noproxy '*' \
  http://127.0.0.1:4000/mcp \
  -H 'x-lab-ticket: ticket-1' \
  -H 'x-lab-request: n-1-by-hand' \
  -H 'content-type: application/json' \
  -H 'authorization: Bearer ey.J' \
  -H 'accept:' \
  -H 'user-agent:' \
  --data-raw '{"city":"Xi'\''an"}'`);
});

it.runIf(hasShells)(
  'sends Host and Origin by the names the guard knows, and empty headers as empty',
  () => {
    const headers = { host: 'evil.example', origin: 'null', accept: '' };
    const { args } = run('sh', commandFor({ headers }));
    expect(args).toEqual(
      expect.arrayContaining(['x-lab-host: evil.example', 'x-lab-origin: null']),
    );
    expect(args).toContain('accept;');
    expect(args).not.toContain('accept:');
  },
);

it.runIf(hasShells).each([
  ['GET', '', []],
  ['POST', 'x', ['--data-raw']],
  ['POST', '', ['-X', 'POST', '--data-raw']],
  ['DELETE', '', ['-X', 'DELETE']],
  ['PUT', 'x', ['-X', 'PUT', '--data-raw']],
  ['HEAD', '', ['--head']],
])('%s with the body “%s”', (method, body, expected) => {
  const { args } = run('sh', commandFor({ method, body }));
  const known = new Set(['-X', method, '--data-raw', '--head']);
  expect(args.filter((argument) => known.has(argument))).toEqual(expected);
});

it('never lets a terminal see a control character', () => {
  const command = commandFor({
    method: 'POST',
    path: '/\u001b[2J',
    headers: { 'x-a': 'b\tc' },
    body: '\u001b]0;title\u0007\r\u202e',
  });
  // oxlint-disable-next-line no-control-regex
  expect(command).toMatch(/^[\x20-\x7e\n]*$/);
});

it('says why it cannot repeat a request', () => {
  expect(commandFor({ method: 'POST', body: 'x', more: 5 })).toMatch(/^none: .*too long/);
  expect(commandFor({ method: 'POST', body: 'x', sendBody: 'br' })).toMatch(/^none: .*compressed/);
});
