/** Frameworks, as their own documents begin. */
import {
  BOTH,
  CHALLENGE,
  EARLIER,
  FROM_ANYWHERE,
  GUARDED,
  HEADERS,
  LATER,
  NO_CHALLENGE,
  NO_METADATA,
  OPEN,
  OUTSIDE,
  TOKEN,
  type Audited,
} from '../audited.ts';

const FASTMCP = 'servers/fastmcp.mjs';
const FASTMCP_FAILS = [...HEADERS, ...FROM_ANYWHERE, 'one-message', 'tools-limit-strings'];
const FASTMCP_OPEN = [...FASTMCP_FAILS, 'token-asked-for', 'cors-known-readers'];
const HONO = 'servers/hono.mjs';
const HONO_FAILS = [
  ...HEADERS,
  ...FROM_ANYWHERE,
  'body-limited',
  'version-refused',
  'one-message',
  'notification-accepted',
];
const FRAMEWORK = 'servers/mcp-framework.mjs';
const HANDLER = 'servers/mcp-handler.mjs';
const HANDLER_FAILS = [
  ...HEADERS,
  ...FROM_ANYWHERE,
  'body-limited',
  'one-message',
  'tools-limit-strings',
];

export const frameworks: Audited[] = [
  {
    name: 'fastmcp',
    command: [FASTMCP, 'PORT'],
    path: '/mcp',
    revisions: EARLIER,
    fails: FASTMCP_OPEN,
  },
  {
    name: 'fastmcp without sessions',
    command: [FASTMCP, 'PORT', 'stateless'],
    path: '/mcp',
    revisions: EARLIER,
    fails: FASTMCP_OPEN,
  },
  {
    name: 'fastmcp with authenticate',
    command: [FASTMCP, 'PORT', 'authenticate'],
    path: '/mcp',
    token: TOKEN,
    revisions: EARLIER,
    fails: [...FASTMCP_FAILS, 'challenge-sent'],
    untold: [...GUARDED, ...NO_CHALLENGE],
  },
  {
    name: 'fastmcp with authenticate and documents',
    command: [FASTMCP, 'PORT', 'documents'],
    path: '/mcp',
    token: TOKEN,
    revisions: EARLIER,
    fails: [...FASTMCP_FAILS, 'challenge-sent'],
    untold: [...GUARDED, ...NO_CHALLENGE],
  },
  {
    name: '@hono/mcp',
    command: [HONO, 'PORT'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [...HONO_FAILS, 'token-asked-for'],
  },
  {
    name: '@hono/mcp with bearerAuth and simpleMcpAuthRouter',
    command: [HONO, 'PORT', 'guarded'],
    path: '/mcp',
    token: TOKEN,
    revisions: EARLIER,
    fails: [
      ...HONO_FAILS,
      ...CHALLENGE,
      'challenge-leads-to-metadata',
      'metadata-from-configuration',
    ],
    untold: GUARDED,
  },
  {
    name: 'mcp-framework',
    command: [FRAMEWORK, 'PORT'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [...HEADERS, ...OPEN, 'cors-known-readers', 'broken-json-refused', 'one-message'],
  },
  {
    name: 'mcp-framework with JWTAuthProvider',
    command: [FRAMEWORK, 'PORT', 'jwt'],
    path: '/mcp',
    revisions: [],
    fails: [...HEADERS, 'broken-json-refused', 'challenge-sent'],
    untold: [...OUTSIDE, ...GUARDED, ...NO_CHALLENGE, ...NO_METADATA],
  },
  {
    name: 'mcp-framework with OAuthAuthProvider',
    command: [FRAMEWORK, 'PORT', 'oauth'],
    path: '/mcp',
    revisions: [],
    fails: [...HEADERS, ...CHALLENGE, 'broken-json-refused'],
    untold: [...OUTSIDE, ...GUARDED, 'challenge-leads-to-metadata'],
  },
  {
    name: 'mcp-handler',
    command: [HANDLER, 'PORT'],
    path: '/api/mcp',
    revisions: BOTH,
    fails: [...HANDLER_FAILS, 'token-asked-for'],
  },
  {
    name: 'mcp-handler with withMcpAuth',
    command: [HANDLER, 'PORT', 'guarded'],
    path: '/api/mcp',
    token: TOKEN,
    revisions: BOTH,
    fails: [...HANDLER_FAILS, ...CHALLENGE, 'metadata-from-configuration'],
    untold: [...GUARDED, 'resource-identical'],
  },
  {
    name: 'mcp-use',
    command: ['servers/mcp-use.mjs', 'PORT'],
    path: '/mcp',
    revisions: BOTH,
    fails: [
      ...HEADERS,
      'token-asked-for',
      'origin-validated',
      'body-limited',
      'one-message',
      'header-missing-refused',
      'get-answered',
      'tools-limit-strings',
    ],
  },
  {
    name: 'tmcp',
    command: ['servers/tmcp.mjs', 'PORT'],
    path: '/mcp',
    revisions: ['2025-06-18', '2026-07-28'],
    fails: [...HEADERS, ...OPEN, 'body-limited', 'version-refused'],
  },
  {
    name: '@mastra/mcp',
    command: ['servers/mastra.mjs', 'PORT'],
    path: '/mcp',
    revisions: LATER,
    fails: [...HEADERS, ...OPEN, 'body-limited', 'header-missing-refused', 'tools-limit-strings'],
  },
];
