/** What the audit saw of a server: one answer for each question, or why there is none. */
import type { Reply, Silence } from './polite-client.ts';

/** Every question there is. Most are about the MCP endpoint; the comment says what is special. */
export const PROBES = [
  // Without a token, whatever else there is.
  'anonymous discover',
  'anonymous initialize',
  'anonymous tools',
  'anonymous get',
  // With the token if there is one; without, if the server asks for none.
  'discover',
  'initialize',
  'initialized',
  'tools',
  'get',
  'delete',
  'unknown method',
  'unknown version',
  'header mismatch',
  'header missing',
  'batch',
  'plain text',
  'broken json',
  'foreign origin',
  'preflight',
  'session alone',
  // Documents.
  'metadata of the challenge',
  'metadata at the path',
  'metadata at the root',
  'server metadata',
  // Attacks.
  'foreign host',
  'metadata for a foreign host',
  'metadata for a forwarded host',
  'made-up token',
  'altered token',
  'token in the query',
  'long body',
  'register a foreign redirect',
  'register',
  'authorize a foreign redirect',
  'authorize without pkce',
  'authorize',
] as const;

export type Probe = (typeof PROBES)[number];

const IN_WORDS: Partial<Record<Probe, string>> = {
  'anonymous discover': 'server/discover without a token',
  'anonymous initialize': 'initialize without a token',
  'anonymous tools': 'tools/list without a token',
  'anonymous get': 'GET without a token',
  discover: 'server/discover',
  tools: 'tools/list',
  get: 'GET',
  delete: 'DELETE',
  'broken json': 'a body that is no JSON',
};

/** For a sentence about it. */
export const inWords = (probe: Probe): string => IN_WORDS[probe] ?? probe;
export type Answer = Reply | Silence;

/** What TLS showed before anything was asked. */
export type Certificate =
  | { kind: 'none' }
  | { kind: 'valid' }
  | { kind: 'invalid'; why: string }
  | { kind: 'unknown'; why: string };

export interface Seen {
  /** Of the MCP endpoint, as the user named it. */
  url: URL;
  isLoopback: boolean;
  certificate: Certificate;
  /** `withheld`: there was one, and the connection was none to send it over. */
  token: 'none' | 'sent' | 'withheld';
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
