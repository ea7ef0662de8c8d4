/** What a table of servers consists of, and what more than one of them fails. */

import type { Framework } from '../../audit/fixes.ts';

/** A server as it comes, or as the fixes of the audit mend it. */
export interface Audited {
  name: string;
  /** It has the fixes of these rows of the table of fixes. */
  mends?: Framework[];
  /** Of Node, in the folder; PORT stands for the port. */
  command: string[];
  path: string;
  /** For the environment of the server. */
  env?: Record<string, string>;
  /** That the audit is given. */
  token?: string;
  headers?: Record<string, string>;
  revisions: string[];
  /** Ids in any order; absent: there is nothing to judge, and `says` is in the reason. */
  fails?: string[];
  says?: string;
  /** Ids of which nothing can be told; everything else passes, or does not apply. */
  untold?: string[];
}

export const BOTH = ['2025-11-25', '2026-07-28'];
export const EARLIER = ['2025-11-25'];
export const LATER = ['2026-07-28'];

/** The one token that the servers take; they have it from `servers/common.mjs`. */
export const TOKEN = 'the-token-of-the-table';

export const HEADERS = ['no-sniffing', 'no-framing'];
export const FROM_ANYWHERE = ['origin-validated', 'host-validated'];
/** Of a server that anybody may ask, from any page. */
export const OPEN = ['token-asked-for', ...FROM_ANYWHERE];
/** Express says its name, and shows a stack if a body is no JSON. */
export const EXPRESS = ['software-unnamed', 'errors-tell-nothing'];
/** A 401 that blames whoever sent no token, and does not say which scope to ask for. */
export const CHALLENGE = ['challenge-without-error', 'challenge-scope'];

/** So few requests meet no limit, and none of these packages names one. */
export const ALWAYS_UNTOLD = ['limit-named'];

/** Where nothing is found out about the authorization server, or nobody may register there. */
const CLIENTS = [
  'registered-redirects-safe',
  'redirect-exact',
  'pkce-required',
  'issuer-in-answers',
  'state-returned',
  'consent-unframed',
];
const SERVER = [
  'server-metadata',
  'issuer-identical',
  'server-metadata-complete',
  'endpoints-over-tls',
  'pkce-s256',
  'pkce-no-plain',
  'no-dropped-grants',
  'issuer-in-answers-offered',
  'client-documents-offered',
];
/** Of a server with a guard whose issuer does not answer: the token of the table may everything. */
export const GUARDED = [...SERVER, ...CLIENTS, 'missing-scope-named'];

/** A 401 without a challenge. */
export const NO_CHALLENGE = [
  'challenge-without-error',
  'challenge-scope',
  'challenge-leads-to-metadata',
  'invalid-token-named',
];

export const NO_METADATA = [
  'resource-metadata',
  'resource-identical',
  'authorization-servers-named',
  'metadata-agrees',
  'metadata-json',
  'tokens-in-headers',
];

/** What stays behind the guard for a caller without a token. */
export const OUTSIDE = [
  'missing-scope-named',
  ...FROM_ANYWHERE,
  'json-only',
  'altered-token-refused',
  'query-token-ignored',
  'session-is-no-token',
  'tools-visible',
  'tools-instruct-nothing',
  'tools-unchanged',
  'tools-limit-strings',
  'dangerous-tools-annotated',
  'unknown-tool-refused',
  'speaks-mcp',
  'answer-type',
  'version-refused',
  'unknown-method-refused',
  'one-message',
  'discover-implemented',
  'result-type',
  'header-mismatch-refused',
  'header-missing-refused',
  'get-and-delete-refused',
  'no-session',
  'get-answered',
  'session-ends',
  'notification-accepted',
  'session-id-visible',
  'session-id-unguessable',
];
export const OUTSIDE_AND_NO_CLIENT = [...OUTSIDE, ...CLIENTS];

export const EVERYTHING = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';
