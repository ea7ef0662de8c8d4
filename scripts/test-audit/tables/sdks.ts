/** The SDKs, in the ways in which their own documents mount them. */
import {
  BOTH,
  CHALLENGE,
  EARLIER,
  EXPRESS,
  FROM_ANYWHERE,
  GUARDED,
  HEADERS,
  LATER,
  TOKEN,
  type Audited,
} from '../audited.ts';

const V1 = 'servers/sdk-v1.mjs';
const V2 = 'servers/sdk-v2.mjs';
const V1_FAILS = [...HEADERS, ...EXPRESS, 'origin-validated', 'one-message', 'tools-limit-strings'];
const V2_FAILS = [...HEADERS, 'tools-limit-strings'];
/** Its verifier throws a plain Error, as jose does. */
const THROWS = ['made-up-token-refused', 'altered-token-refused'];

export const sdks: Audited[] = [
  {
    name: 'SDK v1 with its Express app',
    command: [V1, 'PORT', 'sdk'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [...V1_FAILS, 'token-asked-for'],
  },
  {
    name: 'SDK v1 with an Express app of one’s own',
    command: [V1, 'PORT', 'own'],
    path: '/mcp',
    revisions: EARLIER,
    fails: [...V1_FAILS, 'token-asked-for', 'host-validated'],
  },
  {
    name: 'SDK v1 with requireBearerAuth',
    command: [V1, 'PORT', 'guarded'],
    path: '/mcp',
    token: TOKEN,
    revisions: EARLIER,
    fails: [...V1_FAILS, ...CHALLENGE],
    untold: GUARDED,
  },
  {
    name: 'SDK v1 with a verifier that throws',
    command: [V1, 'PORT', 'throws'],
    path: '/mcp',
    token: TOKEN,
    revisions: EARLIER,
    fails: [...V1_FAILS, ...CHALLENGE, ...THROWS],
    untold: [...GUARDED, 'invalid-token-named'],
  },
  {
    name: 'SDK v2 with Express',
    command: [V2, 'PORT', 'both'],
    path: '/mcp',
    revisions: BOTH,
    fails: [...V2_FAILS, ...EXPRESS, 'token-asked-for', 'one-message'],
  },
  {
    name: 'SDK v2 with Express, 2026-07-28 only',
    command: [V2, 'PORT', 'modern'],
    path: '/mcp',
    revisions: LATER,
    fails: [...V2_FAILS, ...EXPRESS, 'token-asked-for'],
  },
  {
    name: 'SDK v2 with Hono',
    command: [V2, 'PORT', 'hono'],
    path: '/mcp',
    revisions: BOTH,
    fails: [...V2_FAILS, 'token-asked-for', 'one-message'],
  },
  {
    name: 'SDK v2 with its guards for node:http',
    command: [V2, 'PORT', 'node'],
    path: '/mcp',
    revisions: BOTH,
    fails: [...V2_FAILS, 'token-asked-for', 'one-message'],
  },
  {
    name: 'SDK v2, bare',
    command: [V2, 'PORT', 'bare'],
    path: '/',
    revisions: BOTH,
    fails: [...V2_FAILS, ...FROM_ANYWHERE, 'token-asked-for', 'one-message'],
  },
  {
    name: 'SDK v2 with requireBearerAuth',
    command: [V2, 'PORT', 'guarded'],
    path: '/mcp',
    token: TOKEN,
    revisions: BOTH,
    fails: [...V2_FAILS, ...EXPRESS, ...CHALLENGE, 'one-message'],
    untold: GUARDED,
  },
  {
    name: 'SDK v2 with a verifier that throws',
    command: [V2, 'PORT', 'throws'],
    path: '/mcp',
    token: TOKEN,
    revisions: BOTH,
    fails: [...V2_FAILS, ...EXPRESS, ...CHALLENGE, ...THROWS, 'one-message'],
    untold: [...GUARDED, 'invalid-token-named'],
  },
];
