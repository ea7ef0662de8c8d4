/** All asking, in its order. What comes of it is `Seen`; nothing is judged here. */
import { AddressBook, distanceOf, ownAddresses, type Resolve } from './address-book.ts';
import { Asker, type Caller } from './asker.ts';
import { lookAtCertificate } from './certificate.ts';
import { PoliteClient, type PoliteOptions } from './polite-client.ts';
import { alter, probeAttacks } from './probe-attacks.ts';
import { probeAuthorization } from './probe-authorization.ts';
import { probeGiven, type Given } from './probe-given.ts';
import { probeDiscovery } from './probe-discovery.ts';
import { findCallers, probeAsNobody } from './probe-endpoint.ts';
import { probeOtherWays } from './probe-other-ways.ts';
import { endSessions, probeAnyServer, probeProtocol } from './probe-protocol.ts';
import { probeSignedIn, type SignedIn } from './probe-signed-in.ts';
import { Redactor } from './redact.ts';
import { allSilent, ERAS, type EraProbe, type Probe, type Seen } from './seen.ts';

/** Gets a token with the user's help, from what the documents say; undefined if there is none. */
export type SignIn = (
  answers: Seen['answers'],
  client: PoliteClient,
) => Promise<SignedIn | undefined>;

export interface AuditOptions extends Given, Omit<PoliteOptions, 'trust'> {
  url: URL;
  /** The user has said that they may audit servers elsewhere. */
  isAllowed?: boolean;
  token?: string | undefined;
  /** What shows who the caller is, such as an API key. */
  headers?: Record<string, string> | undefined;
  signIn?: SignIn | undefined;
  /** Digests of tools to compare with, from a baseline. */
  pinnedTools?: Record<string, string> | undefined;
  /** PEM of a certificate to trust. */
  ca?: string | undefined;
  /** For tests. */
  ownAddresses?: () => string[];
  resolve?: Resolve;
}

export interface Probed {
  seen: Seen;
  requests: number;
  /** Nothing answered at all, and why. */
  unreachable?: string;
}

/** What is left out if nobody gets an answer of MCP. */
const PROTOCOL: Probe[] = [
  'initialized',
  'session alone',
  'another initialize',
  'method mismatch',
  'name mismatch',
  'version mismatch',
  'method missing',
  'name missing',
  'version missing',
  ...(
    ['get', 'delete', 'unknown method', 'unknown version', 'batch', 'plain text', 'tools'] as const
  ).flatMap((probe: EraProbe) => ERAS.map((era): Probe => `${era} ${probe}`)),
];

/** @throws {AddressRefused} for an address that is not asked */
export async function probe(options: AuditOptions): Promise<Probed> {
  const { url, ca, isAllowed = false, limits, clock, onAsked, signal } = options;
  const own = options.ownAddresses ?? ownAddresses;
  const book = new AddressBook(isAllowed, options.resolve, own);
  const addresses = await book.openTarget(url);
  const isLoopback = addresses.every(({ address }) => distanceOf(address) === 'loopback');
  const certificate = await lookAtCertificate(url, book, ca);
  const seen: Seen = {
    url,
    isLoopback,
    certificate,
    token: 'none',
    pinnedTools: options.pinnedTools,
    answers: allSilent('It was not asked.'),
  };
  if (certificate.kind === 'unknown') return { seen, requests: 0, unreachable: certificate.why };
  const isUnverified = certificate.kind === 'invalid';
  if (isUnverified && !isLoopback) {
    const why = 'Its certificate is not valid; only on this machine the audit goes on without.';
    return { seen: { ...seen, answers: allSilent(why) }, requests: 0 };
  }

  const client = new PoliteClient(book, {
    limits,
    clock,
    onAsked,
    signal,
    trust: { ca, isUnverified },
  });
  const redactor = new Redactor();
  const asker = new Asker(url, seen.answers, client, redactor);
  const unreachable = await probeAsNobody(asker);
  if (unreachable !== undefined) return { seen, requests: client.sent, unreachable };
  await probeDiscovery(asker);

  const isPrivate = certificate.kind === 'valid' || (isLoopback && certificate.kind === 'none');
  const { signIn, headers } = options;
  if (!isPrivate && (options.token ?? options.token2 ?? options.badToken ?? headers ?? signIn))
    seen.token = 'withheld';
  const signedIn =
    isPrivate && options.token === undefined ? await signIn?.(seen.answers, client) : undefined;
  const token = isPrivate ? (options.token ?? signedIn?.token) : undefined;
  seen.isPublicClient = signedIn?.isPublic ?? false;
  if (token !== undefined) {
    seen.token = 'sent';
    redactor.add(token);
    redactor.add(alter(token));
  }
  const sent = isPrivate && headers ? headers : undefined;
  if (sent) {
    seen.token = 'sent';
    for (const value of Object.values(sent)) redactor.add(value);
  }
  for (const more of [options.token2, options.badToken]) if (more !== undefined) redactor.add(more);
  const { token2, badToken, call } = isPrivate ? options : {};
  await probeOtherWays(asker, isLoopback ? own() : []);
  await probeAsCaller(asker, { token, headers: sent }, seen, { token2, badToken, call });
  await probeSignedIn(asker, signedIn);
  return { seen, requests: client.sent };
}

async function probeAsCaller(
  asker: Asker,
  credentials: Pick<Caller, 'token' | 'headers'>,
  { token: fate }: Seen,
  given: Given,
): Promise<void> {
  const found = await findCallers(asker, credentials);
  const { modern, legacy } = 'callers' in found ? found.callers : {};
  const known = [modern, legacy].filter((caller) => caller !== undefined);
  const callers = known.length > 0 ? known : [{ ...credentials, speaks: undefined }];
  if ('callers' in found) await probeProtocol(asker, found.callers);
  else asker.skip(whyNoCaller(found.why, fate), ...PROTOCOL);
  await probeAnyServer(asker, callers);
  await probeGiven(asker, callers, given);
  await probeAttacks(asker, callers);
  await probeAuthorization(asker);
  await endSessions(asker, legacy ?? { ...credentials, speaks: undefined });
}

function whyNoCaller(why: 'refused' | 'wanted' | 'unclear', token: Seen['token']): string {
  if (why === 'unclear') return 'The server gave no answer of MCP that this could be built on.';
  if (why === 'refused') return 'The server did not accept the token.';
  return token === 'withheld'
    ? 'The server asks for a token, which is not sent over a connection that others may read.'
    : 'The server asks for a token; with --token or --sign-in this can be seen.';
}
