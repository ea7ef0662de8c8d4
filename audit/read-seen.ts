/** What follows from answers: which protocol is spoken, what documents say, where a challenge leads. */
import { bearerParameters } from '../catalogue/attacks/replies.ts';
import { parseJson } from '../shared/parse-json.ts';
import { errorIn, isObject, isSuccess, LEGACY, messagesIn, MODERN, resultIn } from './json-rpc.ts';
import type { Reply } from './polite-client.ts';
import { ERAS, type Answer, type Era, type Probe, type Seen } from './seen.ts';

type Answers = Seen['answers'];

export const replyTo = (answers: Answers, probe: Probe): Reply | undefined => {
  const answer = answers[probe];
  return answer.kind === 'reply' ? answer : undefined;
};

/** Whether these two answers are a server's of MCP, with or without a handshake. */
export interface Eras {
  modern: boolean;
  legacy: boolean;
}

/** What a server answers that speaks none of the revisions it was asked in (MCP 2026-07-28). */
export const UNSUPPORTED_VERSION = -32_022;

export function erasOf(discover: Answer, initialize: Answer): Eras {
  const discovered = discover.kind === 'reply' ? discover : undefined;
  const initialized = initialize.kind === 'reply' ? initialize : undefined;
  const versions = discovered && resultIn(discovered)?.supportedVersions;
  const legacy = typeof (initialized && resultIn(initialized)?.protocolVersion) === 'string';
  // A server of an earlier revision may well answer so; one that shakes no hands should know the method.
  const isMissing =
    !legacy && discovered?.status === 404 && errorIn(discovered)?.code === METHOD_NOT_FOUND;
  return { modern: (Array.isArray(versions) && versions.includes(MODERN)) || isMissing, legacy };
}

const METHOD_NOT_FOUND = -32_601;

/** As the caller saw it: with the token, if there is one. */
export const eras = ({ answers }: Seen): Eras => erasOf(answers.discover, answers.initialize);

/** The eras in which the caller was answered; in which requests were made if there was no answer. */
export function askedEras(seen: Seen): Era[] {
  const spoken = eras(seen);
  return isMcp(spoken) ? ERAS.filter((era) => spoken[era]) : ['legacy'];
}

/** The revision of an era that the server speaks; revisions are dates, and compare as texts. */
export function versionOf(era: Era, { answers }: Seen): string {
  if (era === 'modern') return MODERN;
  const shook = replyTo(answers, 'initialize');
  const version = shook && resultIn(shook)?.protocolVersion;
  return typeof version === 'string' ? version : LEGACY;
}

/** The revisions that the server was seen to speak, each of which is judged. */
export const revisionsOf = (seen: Seen): string[] =>
  isMcp(eras(seen))
    ? askedEras(seen)
        .map((era) => versionOf(era, seen))
        .sort()
    : [];

/** Whether a right request of this era was answered with a result: else a refusal tells nothing. */
export const isAnsweredIn = (era: Era, { answers }: Seen): boolean =>
  hasResult(replyTo(answers, era === 'modern' ? 'discover' : 'initialize'));

export const isAnswered = (seen: Seen): boolean => ERAS.some((era) => isAnsweredIn(era, seen));

/** The status of the answer to a right request; undefined if there was none. */
export const usualStatus = (era: Era, { answers }: Seen): number | undefined =>
  replyTo(answers, era === 'modern' ? 'discover' : 'initialize')?.status;

export const isMcp = ({ modern, legacy }: Eras): boolean => modern || legacy;

/** Whether a request was understood and answered with a result. */
export const hasResult = (reply: Reply | undefined): boolean =>
  reply !== undefined && resultIn(reply) !== undefined;

/** Whether anything of MCP was answered without a token. */
export const isOpen = (answers: Answers): boolean =>
  (['anonymous discover', 'anonymous initialize'] as const).some((probe) =>
    hasResult(replyTo(answers, probe)),
  );

/** Whether it is a server of MCP, or one that wants a token first. Others are not judged as one. */
export const isMcpOrGuarded = (seen: Seen): boolean =>
  isMcp(eras(seen)) ||
  (['anonymous initialize', 'anonymous discover'] as const).some((probe) =>
    [401, 403].includes(replyTo(seen.answers, probe)?.status ?? 0),
  );

/** The first 401 to a request that had no token. */
export const challengeIn = (answers: Answers): Reply | undefined =>
  (['anonymous initialize', 'anonymous discover'] as const)
    .flatMap((probe) => replyTo(answers, probe) ?? [])
    .find(({ status }) => status === 401);

/** Of the Bearer challenge of a refusal; undefined if it has none. */
export const parametersOf = (reply: Reply | undefined): Record<string, string> | undefined =>
  bearerParameters(reply?.headers['www-authenticate']);

export const sessionIn = (reply: Reply | undefined): string | undefined =>
  reply?.headers['mcp-session-id'];

/** A JSON object that was sent with success. */
export function documentIn(answer: Answer | undefined): Record<string, unknown> | undefined {
  if (answer?.kind !== 'reply' || !isSuccess(answer)) return undefined;
  const value = parseJson(answer.body);
  return isObject(value) && messagesIn(answer).length === 0 ? value : undefined;
}

export const METADATA_PROBES = [
  'metadata of the challenge',
  'metadata at the path',
  'metadata at the root',
] as const;
export type MetadataProbe = (typeof METADATA_PROBES)[number];

/** A document about something else, at the same root, is none about this resource. */
export const isResourceMetadata = (document: Record<string, unknown>): boolean =>
  'resource' in document || 'authorization_servers' in document;

/** The protected resource metadata that a client would use: the first in its order. */
export function resourceMetadata(
  answers: Answers,
): { probe: MetadataProbe; document: Record<string, unknown> } | undefined {
  for (const probe of METADATA_PROBES) {
    const document = documentIn(answers[probe]);
    if (document && isResourceMetadata(document)) return { probe, document };
  }
  return undefined;
}

/** Of the first authorization server that the resource names. */
export function issuerIn(answers: Answers): string | undefined {
  const servers = resourceMetadata(answers)?.document.authorization_servers;
  return stringsIn(servers).find(isWebAddress);
}

export const serverMetadata = (answers: Answers): Record<string, unknown> | undefined => {
  const document = documentIn(answers['server metadata']);
  const isOne = document && ('issuer' in document || 'authorization_endpoint' in document);
  return isOne ? document : undefined;
};

/** Whether the server shows any sign of OAuth, which is optional in MCP. */
export const usesOAuth = ({ answers }: Seen): boolean =>
  parametersOf(challengeIn(answers)) !== undefined ||
  resourceMetadata(answers) !== undefined ||
  serverMetadata(answers) !== undefined;

/** What a client would ask for: what the challenge names; else what the resource says that it knows. */
export function scopeOf(answers: Answers): { scope?: string } {
  const { scope } = parametersOf(challengeIn(answers)) ?? {};
  const supported = stringsIn(resourceMetadata(answers)?.document.scopes_supported).join(' ');
  const wanted = scope ?? supported;
  return wanted === '' ? {} : { scope: wanted };
}

export const stringsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

export const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);

/** The address of an endpoint in a document; undefined if it is none. */
export function addressIn(document: Record<string, unknown> | undefined, member: string) {
  const value = document?.[member];
  return typeof value === 'string' && isWebAddress(value) ? new URL(value) : undefined;
}

/** Where a browser would be sent. */
export function redirectIn(reply: Reply | undefined, base: URL): URL | undefined {
  const { location } = reply?.headers ?? {};
  const isRedirect = reply !== undefined && reply.status >= 300 && reply.status < 400;
  return isRedirect && location !== undefined && URL.canParse(location, base.href)
    ? new URL(location, base.href)
    : undefined;
}
