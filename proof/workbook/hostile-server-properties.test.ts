/**
 * Whatever a server says, the reference opens only pages, sends nothing where it should not, and asks
 * only where that server may lead; and no two entries look alike, or are known by the same approval.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  ContactedServer,
  SignInDocuments,
  StartEntry,
} from '../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../exercises/weather-server/errors.ts';
import {
  chooseAddress,
  isPublicAddress,
} from '../../solutions/21-outgoing-requests/outgoing-address.ts';
import { chooseEndpoint } from '../../solutions/22-hostile-servers/endpoints.ts';
import { acceptCallback, planSignIn } from '../../solutions/22-hostile-servers/sign-in.ts';
import {
  givesProgram,
  reviewStartEntry,
  runsUnpinnedPackage,
  shown,
} from '../../solutions/22-hostile-servers/start-entry.ts';

const RUNS = { numRuns: 2_000 };

const server: ContactedServer = {
  url: 'https://mcp.example/mcp',
  address: '93.184.215.14',
};
const issuer = 'https://login.example';
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  code_challenge_methods_supported: ['S256'],
};
const documentsWith = (changes: Partial<SignInDocuments>): SignInDocuments => ({
  server,
  resourceMetadata: { resource: server.url },
  issuer,
  issuerMetadata: metadata,
  kept: [],
  ...changes,
});

/** Undefined for a refusal; anything else that is thrown is a fault. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'https:',
        'http:',
        'javascript:',
        'file:',
        '//',
        '/',
        '\\',
        '-',
        '--',
        '@',
        ':',
        '#',
        '$(id)',
        '`id`',
        '"',
        "'",
        ' ',
        '\t',
        '\n',
        '\u0000',
        '\u200b',
        'ü',
        '%24',
        '[::1]',
        'localhost',
        '127.0.0.1',
        'login.example',
        '?',
        '&',
        ';',
        '|',
        'HTTPS:',
        'x',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('whatever an endpoint is, what is opened is a page by https that no shell reads', () => {
  const address = fc.oneof(
    pieces,
    pieces.map((rest) => `https://login.example/${rest}`),
  );
  fc.assert(
    fc.property(address, (endpoint) => {
      const plan = unlessRefused(() =>
        planSignIn(
          documentsWith({ issuerMetadata: { ...metadata, authorization_endpoint: endpoint } }),
        ),
      );
      if (plan === undefined) return;
      const { authorizationEndpoint: opened } = plan;
      expect(opened).toMatch(/^https:\/\/[^@]*(?:[/?#]|$)/);
      expect(opened).not.toMatch(/[$`"\\\s]/);
      expect(new URL(opened).href).toBe(opened);
    }),
    RUNS,
  );
});

test('no document makes it throw anything but a refusal', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        resource: fc.oneof(fc.jsonValue(), fc.constant(server.url)),
        issuer: fc.oneof(fc.jsonValue(), fc.constant(issuer)),
        authorization_endpoint: fc.oneof(fc.jsonValue(), pieces),
        token_endpoint: fc.oneof(fc.jsonValue(), pieces),
        code_challenge_methods_supported: fc.oneof(fc.jsonValue(), fc.constant(['S256'])),
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(anything, anything, (resourceMetadata, issuerMetadata) => {
      unlessRefused(() => planSignIn(documentsWith({ resourceMetadata, issuerMetadata })));
    }),
    RUNS,
  );
});

test('credentials go to the issuer that gave them out, or to nobody', () => {
  const name = fc.constantFrom(issuer, `${issuer}/`, `${issuer}/a`, 'https://other.example', '');
  const kept = fc.array(
    fc.record({
      server: fc.constantFrom(server.url, 'https://x.example'),
      issuer: name,
      clientId: fc.string(),
    }),
  );
  fc.assert(
    fc.property(kept, (all) => {
      const { credentials } = planSignIn(documentsWith({ kept: all }));
      const own = all.filter((one) => one.issuer === issuer);
      expect(own.length > 0).toBe(credentials !== undefined);
      if (credentials) expect(credentials.issuer).toBe(issuer);
    }),
    RUNS,
  );
});

test('a code is given for the right state and issuer only', () => {
  const plan = planSignIn(documentsWith({}));
  const text = fc.constantFrom(undefined, '', 'state', 'state ', issuer, `${issuer}/`, 'other');
  fc.assert(
    fc.property(text, text, fc.boolean(), fc.boolean(), (state, iss, promisesIssuer, isError) => {
      const parameters = new URLSearchParams(isError ? { error: 'no' } : { code: 'code' });
      if (state !== undefined) parameters.set('state', state);
      if (iss !== undefined) parameters.set('iss', iss);
      const code = unlessRefused(() =>
        acceptCallback(parameters, { plan: { ...plan, promisesIssuer }, state: 'state' }),
      );
      const isOurs = iss === issuer || (iss === undefined && !promisesIssuer);
      expect(code).toBe(state === 'state' && isOurs && !isError ? 'code' : undefined);
    }),
    RUNS,
  );
});

test('a server on the internet leads to the internet, and nothing leads anywhere in the clear', async () => {
  const addresses = fc.constantFrom(
    '93.184.215.14',
    '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
    '10.0.0.5',
    '127.0.0.1',
    '::1',
    '169.254.169.254',
    'fd00::5',
    '::ffff:10.0.0.5',
    '0.0.0.0',
    '100.64.0.1',
    'fe80::1',
  );
  const isHere = (address: string): boolean => ['127.0.0.1', '::1'].includes(address);
  await fc.assert(
    fc.asyncProperty(
      fc.array(addresses, { minLength: 1, maxLength: 3 }),
      addresses,
      fc.constantFrom('https:', 'http:', 'ftp:', 'file:'),
      async (answers, from, scheme) => {
        let lookups = 0;
        const web = {
          // An address stands for itself; the name for another one each time.
          lookup: async (host: string) =>
            host === 'name.example' ? [answers[lookups++ % answers.length] ?? ''] : [host],
          fetch: () => Promise.reject(new Error('nothing is fetched')),
        };
        const address = await chooseEndpoint(
          `${scheme}//name.example/token`,
          { url: 'https://mcp.example/mcp', address: from },
          { web, chooseAddress },
        ).catch((error: unknown) => {
          expect(error).toBeInstanceOf(RefusedError);
        });
        if (address === undefined) return;
        expect(lookups).toBe(1);
        expect(address).toBe(answers[0]);
        if (isPublicAddress(from)) expect(isPublicAddress(address)).toBe(true);
        if (scheme !== 'https:') expect(isHere(from) && isHere(address)).toBe(true);
      },
    ),
    RUNS,
  );
});

// -------------------------------------------------------------------------------- start entries

/** Texts that are likely to be taken for one another. */
const word = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ' ',
        '  ',
        '\t',
        '\n',
        '"',
        '\\',
        '\\u{20}',
        '\u200b',
        '\u202e',
        '\u00a0',
        '\u3164',
        '\ud800',
        '\u{e0041}',
        '\u0301',
        '\u2800',
        'a',
        '-',
        '=',
        ',',
        ' times}',
        '3',
        'é',
      ),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));
const entries: fc.Arbitrary<StartEntry> = fc.record({
  command: word,
  args: fc.array(word, { maxLength: 3 }),
  env: fc.dictionary(word, word, { maxKeys: 3 }),
});

test('no two texts are shown alike, and nothing of them is unseen', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(shown(one) === shown(other)).toBe(one === other);
      expect(shown(one)).toMatch(
        /^"[^\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]*"$/u,
      );
      expect(shown(one)).not.toMatch(/(?! )\p{Zs}|\s{2}/u);
    }),
    RUNS,
  );
});

test('two entries have the same text, and the same approval, only if they are the same', () => {
  const whole = ({ command, args, env }: StartEntry): string =>
    JSON.stringify([command, args, Object.entries(env ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))]);
  fc.assert(
    fc.property(entries, entries, (one, other) => {
      const [a, b] = [reviewStartEntry(one, undefined), reviewStartEntry(other, undefined)];
      const isSame = whole(one) === whole(other);
      expect(a.approval === b.approval).toBe(isSame);
      expect(a.text === b.text).toBe(isSame);
      expect(reviewStartEntry(other, a.approval).mayStart).toBe(isSame);
      expect(reviewStartEntry(other, a.approval).warnings.includes('changed')).toBe(!isSame);
    }),
    RUNS,
  );
});

test.each([
  [['npx', '-p', 'weather-mcp@1.2.3', 'weather'], false],
  [['npx', '-p', 'weather-mcp', 'weather@1.2.3'], true],
  [['npm', 'x', '--', '@weather/mcp@1.2.3'], false],
  [['npm', 'run', 'start'], false],
  [['yarn', 'dlx', '-q', 'weather-mcp@next'], true],
  [['uvx', '--from', 'weather-mcp==1.2.3', 'weather'], false],
  [['uvx', '--from=git+https://weather.example/mcp', 'weather'], true],
  [['uvx', '-p', '3.12', '--from', 'weather-mcp==1.2', 'weather'], false],
  [['uv', 'tool', 'run', 'weather-mcp[all]==2026.1'], false],
  [['uv', 'run', 'weather.py'], false],
  [['pipx', 'run', 'weather-mcp==1.*'], true],
  [['npx'], true],
])('of %j, whether the package is unpinned: %s', (words, expected) => {
  expect(runsUnpinnedPackage(words)).toBe(expected);
});

test.each([
  [['bash', 'start.sh', '-c', 'x'], false],
  [['bash', '--norc', '-c', 'x'], true],
  [['node', '--require', './a.js', '-e', 'x'], true],
  [['node', './a.js', '--eval', 'x'], false],
  [['python3', '-W', 'ignore', '-c', 'x'], true],
  [['python3', '-Ic', 'x'], true],
  [['python3', '-m', 'weather', '-c', 'x'], false],
  [['pwsh', '-NoProfile', '-EncodedCommand', 'eA=='], true],
  [['cmd', '/d', '/s', '/c', 'x'], true],
  [['deno', 'eval', 'x'], true],
  [['docker', 'run', 'image', 'sh', '-c', 'x'], true],
])('of %j, whether there is a program in it: %s', (words, expected) => {
  expect(givesProgram(words)).toBe(expected);
});
