/** What the audit saw of a server: one answer for each question, or why there is none. */
import type { Reply, Silence } from './polite-client.ts';

/** The revision without a handshake (2026-07-28), and those with one; a server may speak both. */
export const ERAS = ['modern', 'legacy'] as const;
export type Era = (typeof ERAS)[number];

/** Asked in each of the eras that the server speaks. */
const ERA_PROBES = [
  'anonymous tools',
  'tools',
  'get',
  'delete',
  'unknown method',
  'unknown version',
  'batch',
  'plain text',
  'foreign origin',
  'foreign host',
  'made-up token',
  'bad token',
] as const;
export type EraProbe = (typeof ERA_PROBES)[number];

/** Every question that is asked once. Most are about the MCP endpoint. */
const SINGLE_PROBES = [
  // Without a token, whatever else there is.
  'anonymous discover',
  'anonymous initialize',
  'anonymous get',
  // With the token if there is one; without, if the server asks for none.
  'discover',
  'initialize',
  'another initialize',
  'initialized',
  'method mismatch',
  'name mismatch',
  'version mismatch',
  'method missing',
  'name missing',
  'version missing',
  'broken json',
  'null origin',
  'preflight',
  'session alone',
  // With more of the user's than one token.
  'initialize as another',
  'session of another',
  'unknown tool',
  'call',
  'call with wrong arguments',
  'call as another',
  // Documents.
  'metadata of the challenge',
  'metadata at the path',
  'metadata at the root',
  'server metadata',
  // Attacks.
  'metadata for a foreign host',
  'metadata for a forwarded host',
  'server metadata for a foreign host',
  'server metadata for a forwarded host',
  'challenge for a foreign host',
  'challenge for a forwarded host',
  'altered token',
  'token in the query',
  'long body',
  'after the long body',
  'register a foreign redirect',
  'register',
  'authorize a foreign redirect',
  'authorize without pkce',
  'authorize',
  'refresh',
  'refresh again',
  'code again',
  // Other ways to the same server.
  'old door',
  'other address',
  'plain http',
] as const;

export type Probe = (typeof SINGLE_PROBES)[number] | `${Era} ${EraProbe}`;
export const PROBES: readonly Probe[] = [
  ...SINGLE_PROBES,
  ...ERA_PROBES.flatMap((probe) => ERAS.map((era): Probe => `${era} ${probe}`)),
];

const IN_WORDS: Partial<Record<Probe, string>> = {
  'anonymous discover': 'server/discover without a token',
  'anonymous initialize': 'initialize without a token',
  'anonymous get': 'GET without a token',
  discover: 'server/discover',
  'modern anonymous tools': 'tools/list without a token',
  'legacy anonymous tools': 'tools/list without a token',
  'modern tools': 'tools/list',
  'legacy tools': 'tools/list',
  'broken json': 'a body that is no JSON',
};

/** For a sentence about it. */
export const inWords = (probe: Probe): string => IN_WORDS[probe] ?? probe;
export type Answer = Reply | Silence;

/** What TLS showed before anything was asked. */
export type Certificate =
  | { kind: 'none' }
  /** Days: of its life, and of it those that are left. */
  | { kind: 'valid'; lasts: number; left: number }
  | { kind: 'invalid'; why: string }
  | { kind: 'unknown'; why: string };

export interface Seen {
  /** Of the MCP endpoint, as the user named it. */
  url: URL;
  isLoopback: boolean;
  certificate: Certificate;
  /** `withheld`: there was one, and the connection was none to send it over. */
  token: 'none' | 'sent' | 'withheld';
  /** It signed in as a client without a secret. */
  isPublicClient?: boolean;
  /** Digests of tools, as they were when they were accepted. */
  pinnedTools?: Record<string, string> | undefined;
  answers: Record<Probe, Answer>;
}

/** Names and addresses that are certainly nobody's: nothing under `.example` is (RFC 2606 §2). */
export const FOREIGN_HOST = 'audit.workbook.example';
export const FOREIGN_ORIGIN = `https://${FOREIGN_HOST}`;
/** Plain http to a stranger's host; a code sent there could be read on the way. */
export const FOREIGN_CALLBACK = `http://${FOREIGN_HOST}/callback`;
/** Nobody listens there, and nobody has to. */
export const OWN_CALLBACK = 'http://127.0.0.1:9/callback';
export const STATE = 'state-of-the-audit~';

export const silence = (why: string): Silence => ({ kind: 'silence', why });

/** Every question unanswered, for the same reason. */
export const allSilent = (why: string): Record<Probe, Answer> =>
  Object.fromEntries(PROBES.map((probe) => [probe, silence(why)])) as Record<Probe, Answer>;
