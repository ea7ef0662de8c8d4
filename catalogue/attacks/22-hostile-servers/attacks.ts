/** Attacks on a client by servers it does not know, and by entries that start one; its ordinary use. */
import type { KeptCredentials, StartEntry } from '../../../exercises/weather-server/controls.ts';
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { rfc, statelessMcp } from '../references.ts';
import { callbacks } from './callbacks.ts';
import { documents } from './documents.ts';
import { endpoints } from './endpoints.ts';
import { bestPractices, openedAddresses } from './opened-addresses.ts';
import {
  publishServer,
  signInAt,
  whyNotForThisServer,
  whyNotSignedIn,
  type ServerSettings,
} from './servers.ts';
import { compromise, startEntries, whyNotStarted } from './start-entries.ts';

/** Every one of these servers is as it should be. */
async function signsInAtEach(
  lab: LabSession,
  servers: Record<string, ServerSettings>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const [index, [what, settings]] of Object.entries(servers).entries()) {
    const server = await publishServer(lab, { name: `n${index}`, ...settings });
    const callback = settings.metadata?.authorization_response_iss_parameter_supported === null;
    const found = await whyNotSignedIn(
      lab,
      server,
      callback ? { callback: { code: 'code', state: '{{state}}' } } : {},
    );
    problems.push(...found.map((problem) => `${problem} (${what})`));
  }
  return problems;
}

const login = (path: string): ServerSettings => ({
  metadata: { authorization_endpoint: `{{issuer}}${path}` },
});

/** Entries that nobody has to be warned of. */
const QUIET_ENTRIES: StartEntry[] = [
  { command: 'npx', args: ['-y', 'weather-mcp@1.2.3'] },
  { command: 'npx', args: ['-y', '@weather/mcp@1.2.3', '--city', '東京'] },
  { command: 'npx', args: ['-y', '@weather/mcp@2.0.0-beta.1'] },
  { command: 'npx', args: ['--yes', '--package=@weather/mcp@1.2.3', 'weather'] },
  { command: '/usr/bin/npx', args: ['-y', 'weather-mcp@1.2.3'] },
  { command: 'npm', args: ['exec', '--', 'weather-mcp@1.2.3'] },
  { command: 'pnpm', args: ['--silent', 'dlx', 'weather-mcp@1.2.3'] },
  { command: 'uvx', args: ['--with', 'maps==1.0.0', 'weather-mcp==1.2.3'] },
  { command: 'npm', args: ['start', 'exec'] },
  { command: 'pnpm', args: ['start', '--', 'dlx', 'weather'] },
  { command: 'pnpm', args: ['dlx', 'weather-mcp@1.2.3'] },
  { command: 'uvx', args: ['weather-mcp==1.2.3'] },
  { command: 'uvx', args: ['weather-mcp@1.2.3'] },
  { command: 'pipx', args: ['run', 'weather-mcp==1.2.3'] },
  { command: 'node', args: ['build/index.js', '--email', 'alice@weather.example'] },
  { command: 'node', args: ['--enable-source-maps', 'build/index.js', '-e', 'production'] },
  { command: 'python3', args: ['-m', 'weather', '-c', 'weather.toml'] },
  { command: '/opt/weather/bin/server', args: ['-c', 'weather.toml'] },
  { command: '/opt/npx-tools/server', args: [] },
  { command: 'node', args: ['server.js', '${HOME}/maps'], env: { OWNER: '${USER}' } },
  { command: 'node', args: ['server.js'], env: { TOKEN: 'of this server alone', PRICE: '$5' } },
];

const uses: LegitimateUse[] = [
  {
    id: 'hs-signs-in',
    title: 'Signs in at honest servers',
    why: 'Authorization servers have paths, queries and ports, endpoints on several hosts, members that nobody has heard of, and not all of them send `iss`.',
    lessonAnchor: 'whose-documents-they-are',
    references: [rfc(8414, '2'), rfc(9728, '2')],
    worksOnBaseline: true,
    async try(lab) {
      const problems = await signsInAtEach(lab, {
        'as most are': {},
        'with a path': login('/realms/weather/protocol/openid-connect/auth'),
        'with a query': login('/authorize?tenant=a&policy=sign_in'),
        'with signs in its path': login('/~weather/sign%20in'),
        'at a port': {
          issuer: `https://login-port-${lab.nonce}.example:8443`,
        },
        'an issuer with a path': { issuer: `https://login-p-${lab.nonce}.example/tenant-a` },
        'an issuer with a slash': { issuer: `https://login-s-${lab.nonce}.example/` },
        'found at the place of OpenID Connect': {
          metadataPath: '/.well-known/openid-configuration',
        },
        'endpoints on other hosts': {
          metadata: {
            authorization_endpoint: `https://accounts-${lab.nonce}.example/authorize`,
            token_endpoint: `https://tokens-${lab.nonce}.example/v2/token`,
          },
        },
        'metadata on another host': {
          challenge: `https://documents-${lab.nonce}.example/resource`,
        },
        'more than one method, and members of its own': {
          metadata: {
            code_challenge_methods_supported: ['plain', 'S256'],
            example_member: { of: ['its', 'own'] },
            registration_endpoint: 'https://10.0.0.5/nobody/asks/there',
          },
          resource: { resource_name: 'Weather', scopes_supported: ['weather:read'] },
        },
        'without iss': { metadata: { authorization_response_iss_parameter_supported: null } },
        'with iss, which it has not promised': {
          metadata: { authorization_response_iss_parameter_supported: false },
        },
      });
      const server = await publishServer(lab, { name: 'tokens' });
      return [...problems, ...(await whyNotForThisServer(lab, server))];
    },
  },
  {
    id: 'hs-uses-its-credentials',
    title: 'Uses what this issuer gave out',
    why: 'A client that goes as a new one each time asks its user to agree each time, and cannot sign in at all where clients are registered by hand.',
    lessonAnchor: 'credentials-belong-to-an-issuer',
    references: [
      statelessMcp(
        'basic/authorization/client-registration',
        'authorization-server-binding',
        'Authorization Server Binding',
      ),
    ],
    worksOnBaseline: false,
    async try(lab) {
      const server = await publishServer(lab);
      const other: KeptCredentials = {
        server: server.url,
        issuer: `https://login-before-${lab.nonce}.example`,
        clientId: 'client-from-before',
        refreshToken: 'refresh-from-before',
      };
      // Given out for another server of the same issuer, which is no difference (RFC 6749 §2.2).
      const own: KeptCredentials = {
        server: `https://mcp-elsewhere-${lab.nonce}.example/mcp`,
        issuer: server.issuer,
        clientId: `client-${lab.nonce}`,
        clientSecret: `secret-${lab.nonce}`,
      };
      const { done } = await signInAt(lab, server.url, { kept: [other, own] });
      const form = done.flatMap((entry) => (entry.kind === 'sent' ? entry.carried : []));
      const isOwn =
        form.includes(`client_id=${own.clientId}`) &&
        form.includes(`client_secret=${own.clientSecret}`);
      const problems = isOwn ? [] : ['The client did not use what this issuer had given out.'];

      const kept = [other, { ...own, server: server.url, refreshToken: `refresh-${lab.nonce}` }];
      const { done: again } = await signInAt(lab, server.url, { kept });
      const isRefreshed = again.some(
        (entry) =>
          entry.kind === 'sent' && entry.carried.includes(`refresh_token=refresh-${lab.nonce}`),
      );
      if (!isRefreshed || again.some(({ kind }) => kind === 'opened')) {
        problems.push('The client asked its user though it had a refresh token of this issuer.');
      }
      return problems;
    },
  },
  {
    id: 'hs-local-development',
    title: 'Signs in on this machine',
    why: 'While a server is written it runs on the machine of whoever writes it, without TLS, and so does its authorization server, or else a hosted one is used.',
    lessonAnchor: 'what-the-client-itself-asks',
    references: [
      bestPractices('server-side-request-forgery-ssrf', 'Enforce HTTPS'),
      rfc(8252, '8.3'),
    ],
    worksOnBaseline: true,
    try: (lab) =>
      signsInAtEach(lab, {
        'both on 127.0.0.1': {
          server: 'http://127.0.0.1:3001/mcp',
          issuer: 'http://127.0.0.1:3002',
          addresses: ['127.0.0.1'],
        },
        'by name': {
          server: 'http://localhost:3001/mcp',
          issuer: 'http://localhost:3001',
          addresses: ['127.0.0.1'],
        },
        'by IPv6': {
          server: 'http://[::1]:3001/mcp',
          issuer: 'http://[::1]:3002',
          addresses: ['::1'],
        },
        'at other addresses of loopback': {
          server: 'http://127.0.1.1:3001/mcp',
          issuer: 'http://127.0.0.2:3002',
          addresses: ['127.0.1.1', '127.0.0.2'],
        },
        'with a hosted authorization server': {
          server: 'http://127.0.0.1:3003/mcp',
          addresses: ['127.0.0.1'],
          hosted: true,
          metadata: {
            authorization_endpoint: 'https://accounts.example/authorize',
            token_endpoint: 'https://accounts.example/token',
          },
        },
      }),
  },
  {
    id: 'hs-servers-inside',
    title: 'Signs in at servers of one’s own network',
    why: 'A company’s server has a private address, and so have its neighbours. Its user named it, and it may name them.',
    lessonAnchor: 'what-the-client-itself-asks',
    references: [bestPractices('server-side-request-forgery-ssrf', 'Server-Side Request Forgery')],
    worksOnBaseline: true,
    async try(lab) {
      const inside: ServerSettings = { addresses: ['10.0.0.7'] };
      return signsInAtEach(lab, {
        'a neighbour': { ...inside, issuer: `https://login-inside-${lab.nonce}.example` },
        'a hosted authorization server': {
          ...inside,
          hosted: true,
          metadata: {
            authorization_endpoint: 'https://accounts.example/authorize',
            token_endpoint: 'https://accounts.example/token',
          },
        },
      });
    },
  },
  {
    id: 'hs-hears-a-no',
    title: 'Takes a no for a no',
    why: 'Users change their minds. The client has to hear it, and nothing may be sent.',
    lessonAnchor: 'what-comes-back',
    references: [rfc(6749, '4.1.2.1'), rfc(9207, '2')],
    worksOnBaseline: false,
    async try(lab) {
      const { url } = await publishServer(lab);
      const no = { error: 'access_denied', state: '{{state}}', iss: '{{issuer}}' };
      const problems: string[] = [];
      // A code beside a no is no yes.
      for (const callback of [no, { ...no, code: 'code' }, { code: 'code', ...no }]) {
        const { outcome, done } = await signInAt(lab, url, { callback });
        if (outcome.signedIn || done.some(({ kind }) => kind === 'sent')) {
          const beside = 'code' in callback ? ', with a code beside it' : '';
          problems.push(`The user had said no${beside}, and the client went on.`);
        }
      }
      return problems;
    },
  },
  {
    id: 'hs-starts-what-was-approved',
    title: 'Starts what was approved',
    why: 'Who is asked at each start says yes at each start. Another order of variables is no change, nor is a list that is empty in place of none.',
    lessonAnchor: 'what-was-approved',
    references: [compromise],
    worksOnBaseline: true,
    async try(lab) {
      const command = '/opt/weather/bin/server';
      const pairs: [StartEntry, StartEntry?][] = [
        [{ command, args: ['--city', '東京'], env: { CITY: 'Zürich' } }],
        [{ command, args: [] }, { command }],
        [{ command }, { command, args: [], env: {} }],
        [{ command, env: {} }, { command }],
        [
          { command, args: ['a'], env: { B: '2', A: '1', C: '3' } },
          { env: { C: '3', A: '1', B: '2' }, args: ['a'], command },
        ],
        [{ command: 'npx', args: ['-y', '@weather/mcp@1.2.3'] }],
      ];
      const problems: string[] = [];
      for (const [index, [first, again]] of pairs.entries()) {
        const name = `server-${index}`;
        problems.push(...(await whyNotStarted(lab, name, first, again)));
      }
      // Two names that look alike may be too much for a reader, and refused.
      const alike = { command, env: { '\u00e9': '1', 'e\u0301': '2', E: '3', e: '4' } };
      const reversed = { command, env: { e: '4', E: '3', 'e\u0301': '2', '\u00e9': '1' } };
      if (!('refused' in (await lab.considerStart('alike', alike)))) {
        problems.push(...(await whyNotStarted(lab, 'alike', alike, reversed)));
      }
      const [old, changed] = [{ command }, { command, args: ['--new'] }];
      await whyNotStarted(lab, 'changed', old);
      const after = await whyNotStarted(lab, 'changed', changed);
      return [...problems, ...after.map((problem) => `After a change: ${problem}`)];
    },
  },
  {
    id: 'hs-warns-for-nothing',
    title: 'Warns of nothing that is as it should be',
    why: 'Who is warned each time reads no warning.',
    lessonAnchor: 'what-is-warned-of',
    references: [compromise],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [index, entry] of QUIET_ENTRIES.entries()) {
        const answer = await lab.considerStart(`quiet-${index}`, entry);
        const what = JSON.stringify(entry);
        if ('refused' in answer) problems.push(`${what} was refused: ${answer.refused}`);
        else if (!answer.value.started && answer.value.warnings.length > 0) {
          problems.push(`${what} was warned of: ${answer.value.warnings.join(', ')}.`);
        }
      }
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: [...openedAddresses, ...documents, ...callbacks, ...endpoints, ...startEntries],
  uses,
};
