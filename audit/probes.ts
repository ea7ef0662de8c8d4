/** All asking, in its order. What comes of it is `Seen`; nothing is judged here. */
import { AddressBook, distanceOf, type Resolve } from './address-book.ts';
import { Asker, type Caller } from './asker.ts';
import { lookAtCertificate } from './certificate.ts';
import { PoliteClient, type Clock, type Limits } from './polite-client.ts';
import { alter, probeAttacks } from './probe-attacks.ts';
import { probeAuthorization } from './probe-authorization.ts';
import { probeDiscovery } from './probe-discovery.ts';
import { findCaller, probeAsNobody } from './probe-endpoint.ts';
import { endSessions, probeAnyServer, probeProtocol } from './probe-protocol.ts';
import { Redactor } from './redact.ts';
import { allSilent, type Probe, type Seen } from './seen.ts';

/** Gets a token with the user's help, from what the documents say; undefined if there is none. */
export type SignIn = (
  answers: Seen['answers'],
  client: PoliteClient,
) => Promise<string | undefined>;

export interface AuditOptions {
  url: URL;
  /** The user has said that they may audit servers elsewhere. */
  isAllowed?: boolean;
  token?: string | undefined;
  signIn?: SignIn | undefined;
  /** PEM of a certificate to trust. */
  ca?: string | undefined;
  /** For tests. */
  resolve?: Resolve;
  limits?: Partial<Limits>;
  clock?: Clock;
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
  'delete',
  'unknown method',
  'unknown version',
  'header mismatch',
  'header missing',
  'batch',
  'plain text',
  'session alone',
];

/** @throws {AddressRefused} for an address that is not asked */
export async function probe(options: AuditOptions): Promise<Probed> {
  const { url, ca, isAllowed = false, limits = {}, clock } = options;
  const book = new AddressBook(isAllowed, ...(options.resolve ? [options.resolve] : []));
  const addresses = await book.openTarget(url);
  const isLoopback = addresses.every(({ address }) => distanceOf(address) === 'loopback');
  const certificate = await lookAtCertificate(url, book, ca);
  const seen: Seen = {
    url,
    isLoopback,
    certificate,
    token: 'none',
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
    trust: { ca, isUnverified },
    ...(clock ? { clock } : {}),
  });
  const redactor = new Redactor();
  const asker = new Asker(url, seen.answers, client, redactor);
  if (!(await probeAsNobody(asker))) {
    const { 'anonymous initialize': last } = seen.answers;
    const why = last.kind === 'silence' ? last.why : '';
    return { seen, requests: client.sent, unreachable: why };
  }
  await probeDiscovery(asker);

  const isPrivate = certificate.kind === 'valid' || (isLoopback && certificate.kind === 'none');
  const { signIn } = options;
  if (!isPrivate && (options.token !== undefined || signIn)) seen.token = 'withheld';
  const token = isPrivate ? (options.token ?? (await signIn?.(seen.answers, client))) : undefined;
  if (token !== undefined) {
    seen.token = 'sent';
    redactor.add(token);
    redactor.add(alter(token));
  }
  await probeAsCaller(asker, token, seen);
  return { seen, requests: client.sent };
}

async function probeAsCaller(
  asker: Asker,
  token: string | undefined,
  { token: fate }: Seen,
): Promise<void> {
  const found = await findCaller(asker, token);
  const caller: Caller = 'caller' in found ? found.caller : { token, speaks: undefined };
  if ('caller' in found) await probeProtocol(asker, caller);
  else asker.skip(whyNoCaller(found.why, fate), ...PROTOCOL);
  await probeAnyServer(asker, caller);
  await probeAttacks(asker, caller);
  await probeAuthorization(asker);
  await endSessions(asker, caller);
}

function whyNoCaller(why: 'refused' | 'wanted' | 'unclear', token: Seen['token']): string {
  if (why === 'unclear') return 'The server gave no answer of MCP that this could be built on.';
  if (why === 'refused') return 'The server did not accept the token.';
  return token === 'withheld'
    ? 'The server asks for a token, which is not sent over a connection that others may read.'
    : 'The server asks for a token; with --token or --sign-in this can be seen.';
}
