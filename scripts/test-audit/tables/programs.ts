/** Servers that one installs and starts, and programs that put HTTP before a server on stdio. */
import {
  BOTH,
  CHALLENGE,
  EARLIER,
  EVERYTHING,
  EXPRESS,
  FROM_ANYWHERE,
  GUARDED,
  HEADERS,
  NO_METADATA,
  OPEN,
  TOKEN,
  type Audited,
} from '../audited.ts';

const SUPERGATEWAY = ['node_modules/supergateway/dist/index.js', '--stdio', `node ${EVERYTHING}`];
const TO_HTTP = ['--outputTransport', 'streamableHttp', '--port', 'PORT'];
const SUPERGATEWAY_FAILS = [
  ...HEADERS,
  ...OPEN,
  ...EXPRESS,
  'bound-to-loopback',
  'tools-limit-strings',
];
const PROXY = ['node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs', '--port', 'PORT'];
const PROXY_FAILS = [
  ...HEADERS,
  ...FROM_ANYWHERE,
  'bound-to-loopback',
  'one-message',
  'tools-limit-strings',
];

export const programs: Audited[] = [
  {
    name: 'server-everything',
    command: [EVERYTHING, 'streamableHttp'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [
      ...HEADERS,
      ...OPEN,
      'bound-to-loopback',
      'software-unnamed',
      'cors-known-readers',
      'tools-limit-strings',
      'one-message',
    ],
  },
  {
    name: 'server-everything over HTTP+SSE',
    command: [EVERYTHING, 'sse'],
    path: '/sse',
    revisions: [],
    says: 'HTTP+SSE',
  },
  {
    // Of two messages it answers one, and then waits: no refusal, and no second answer either.
    name: 'supergateway',
    command: [...SUPERGATEWAY, ...TO_HTTP],
    path: '/mcp',
    revisions: EARLIER,
    fails: SUPERGATEWAY_FAILS,
    untold: ['one-message'],
  },
  {
    name: 'supergateway with sessions',
    command: [...SUPERGATEWAY, ...TO_HTTP, '--stateful'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [...SUPERGATEWAY_FAILS, 'one-message'],
  },
  {
    name: 'mcp-proxy',
    command: [...PROXY, '--', 'node', EVERYTHING],
    path: '/mcp',
    revisions: BOTH,
    fails: [...PROXY_FAILS, 'token-asked-for', 'cors-known-readers'],
  },
  {
    name: 'mcp-proxy with a key',
    command: [...PROXY, '--apiKey', TOKEN, '--', 'node', EVERYTHING],
    path: '/mcp',
    headers: { 'x-api-key': TOKEN },
    revisions: BOTH,
    fails: [...PROXY_FAILS, ...CHALLENGE],
    untold: [
      ...GUARDED,
      ...NO_METADATA,
      'challenge-leads-to-metadata',
      'altered-token-refused',
      'query-token-ignored',
    ],
  },
  {
    name: '@cyanheads/git-mcp-server',
    command: ['node_modules/@cyanheads/git-mcp-server/dist/index.js'],
    path: '/mcp',
    env: { MCP_TRANSPORT_TYPE: 'http', MCP_HTTP_PORT: 'PORT', MCP_LOG_LEVEL: 'error' },
    revisions: EARLIER,
    fails: [
      ...HEADERS,
      ...OPEN,
      'cors-known-readers',
      'json-only',
      'body-limited',
      'broken-json-refused',
      'version-refused',
      'one-message',
      'notification-accepted',
      'tools-limit-strings',
    ],
  },
  {
    name: '@playwright/mcp, called by a name that it refuses',
    command: ['node_modules/@playwright/mcp/cli.js', '--port', 'PORT', '--headless'],
    path: '/mcp',
    revisions: [],
    says: 'answers as localhost:',
  },
];
