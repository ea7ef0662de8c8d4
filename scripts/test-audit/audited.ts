/**
 * Servers as they come, and what each of them fails. Each line was held by hand against what the server
 * answers; what a server passes, or what cannot be told of it, is not in the table. A package that is
 * updated may change it.
 */
export interface Audited {
  name: string;
  /** Of Node, in the folder; PORT stands for the port. */
  command: string[];
  path: string;
  revisions: string[];
  /** Ids in any order; absent: there is nothing to judge, and `says` is in the reason. */
  fails?: string[];
  says?: string;
}

const BOTH = ['2025-11-25', '2026-07-28'];
const EARLIER = ['2025-11-25'];
const HEADERS = ['no-sniffing', 'no-framing'];
/** Of a server that anybody may ask, from any page. */
const OPEN = ['token-asked-for', 'origin-validated', 'host-validated'];
const EVERYTHING = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';
const SDK_V2 = 'servers/sdk-v2.mjs';
const SDK_V2_FAILS = [...HEADERS, 'token-asked-for', 'tools-limit-strings'];

export const audited: Audited[] = [
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
    name: 'fastmcp',
    command: ['servers/fastmcp.mjs', 'PORT'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [...HEADERS, ...OPEN, 'cors-known-readers', 'tools-limit-strings', 'one-message'],
  },
  {
    name: 'fastmcp without sessions',
    command: ['servers/fastmcp.mjs', 'PORT', 'stateless'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [...HEADERS, ...OPEN, 'cors-known-readers', 'tools-limit-strings', 'one-message'],
  },
  {
    name: '@hono/mcp',
    command: ['servers/hono.mjs', 'PORT'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [
      ...HEADERS,
      ...OPEN,
      'body-limited',
      'version-refused',
      'one-message',
      'notification-accepted',
    ],
  },
  {
    name: 'SDK v2 with Express',
    command: [SDK_V2, 'PORT', 'both'],
    path: '/mcp',
    revisions: BOTH,
    fails: [...SDK_V2_FAILS, 'software-unnamed', 'errors-tell-nothing', 'one-message'],
  },
  {
    name: 'SDK v2, bare',
    command: [SDK_V2, 'PORT', 'bare'],
    path: '/',
    revisions: BOTH,
    fails: [...SDK_V2_FAILS, 'origin-validated', 'host-validated', 'one-message'],
  },
  {
    name: 'SDK v2, 2026-07-28 only',
    command: [SDK_V2, 'PORT', 'modern'],
    path: '/mcp',
    revisions: ['2026-07-28'],
    fails: [...SDK_V2_FAILS, 'software-unnamed', 'errors-tell-nothing'],
  },
];
