/** Packages whose purpose is authorization, in front of one of the SDKs; without a token. */
import { EXPRESS, HEADERS, OUTSIDE, OUTSIDE_AND_NO_CLIENT, type Audited } from '../audited.ts';

const BETTER_AUTH = 'servers/better-auth.mjs';
/** Without the plugin for documents of clients, that is not offered; and the challenge says little. */
const BETTER_AUTH_FAILS = [
  ...HEADERS,
  'challenge-scope',
  'invalid-token-named',
  'client-documents-offered',
];

/** It asks for the token before it looks at a body; and who is not signed in sees no consent. */
const BETTER_AUTH_UNTOLD = [...OUTSIDE, 'body-limited', 'broken-json-refused', 'consent-unframed'];

export const authorization: Audited[] = [
  {
    name: '@civic/auth-mcp before SDK v1',
    command: ['servers/civic.mjs', 'PORT'],
    path: '/mcp',
    revisions: [],
    fails: [
      ...HEADERS,
      ...EXPRESS,
      'bound-to-loopback',
      'challenge-scope',
      'invalid-token-named',
      'metadata-from-configuration',
      'no-offline-access',
      // Of the provider, which is the table's own.
      'issuer-in-answers-offered',
      'client-documents-offered',
    ],
    untold: OUTSIDE_AND_NO_CLIENT,
  },
  {
    name: '@better-auth/mcp without options',
    command: [BETTER_AUTH, 'PORT'],
    path: '/mcp',
    revisions: [],
    fails: [...BETTER_AUTH_FAILS, 'challenge-leads-to-metadata'],
    untold: BETTER_AUTH_UNTOLD,
  },
  {
    name: '@better-auth/mcp with its resource',
    command: [BETTER_AUTH, 'PORT', 'resource'],
    path: '/mcp',
    revisions: [],
    fails: BETTER_AUTH_FAILS,
    untold: BETTER_AUTH_UNTOLD,
  },
  {
    name: '@better-auth/mcp with its resource and the scopes of its challenge, mended',
    mends: ['better-auth'],
    command: [BETTER_AUTH, 'PORT', 'mended'],
    path: '/mcp',
    revisions: [],
    fails: BETTER_AUTH_FAILS.filter((id) => id !== 'challenge-scope'),
    untold: BETTER_AUTH_UNTOLD,
  },
];
