/**
 * How answers are judged: by status, header parameters and parsed members, never by wording. Each
 * function returns complaints, in sentences; none means that the answer is what a client needs.
 */
import type { LabSession, LabReply } from '../../lab/protocol.ts';

/** The arguments of an ordinary call. */
export const PARIS = { city: 'Paris', units: 'metric' };

/**
 * Parameters of the first Bearer challenge in a `WWW-Authenticate` value (RFC 9110 §11.6.1). Reading
 * ends where the grammar does: parameters have commas between them, and a URL has to be quoted.
 */
export function bearerParameters(header: string | undefined): Record<string, string> | undefined {
  // Nothing inside a quoted string begins a challenge.
  const outline = header?.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => '"'.repeat(quoted.length));
  const found = /(?:^|,)\s*bearer(?=\s|$|,)/i.exec(outline ?? '');
  if (!header || !found) return undefined;
  const rest = header.slice(found.index + found[0].length);
  const parameters: Record<string, string> = {};
  const parameter =
    /[\s,]*([!#$%&'*+\-.^_`|~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+\-.^_`|~\w]+))\s*(?=,|$)/y;
  for (let match = parameter.exec(rest); match; match = parameter.exec(rest)) {
    const [, name = '', quoted, token] = match;
    parameters[name.toLowerCase()] ??= quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? '';
  }
  return parameters;
}

/** Complaints about an answer that should be a 401 with a way to get a token (RFC 9728 §5.1). */
export async function complainAboutChallenge(lab: LabSession, reply: LabReply): Promise<string[]> {
  const answered = `It answered HTTP ${reply.status}`;
  if (reply.status !== 401) {
    return [`${answered}; a client that needs a (new) token has to be told so with 401.`];
  }
  const parameters = bearerParameters(reply.headers['www-authenticate']);
  if (!parameters) return ['The 401 has no WWW-Authenticate header with a Bearer challenge.'];
  const metadataUrl = parameters.resource_metadata;
  if (!metadataUrl) {
    return [
      'The challenge has no resource_metadata that can be read (quoted, with commas between parameters), so a client cannot find out where to get a token.',
    ];
  }
  const problem = await whyMetadataUnusable(lab, metadataUrl);
  return problem ? [problem] : [];
}

/** Follows `resource_metadata` as a client would; what is wrong with it, if anything. */
export async function whyMetadataUnusable(
  lab: LabSession,
  metadataUrl: string,
): Promise<string | undefined> {
  if (!URL.canParse(metadataUrl)) return `resource_metadata is not a URL: ${metadataUrl}`;
  const url = new URL(metadataUrl);
  if (url.origin !== new URL(lab.config.resource).origin) {
    return `resource_metadata leads to another server: ${metadataUrl}`;
  }
  const document = await lab.send(
    { path: url.pathname + url.search },
    'protected resource metadata',
  );
  const { resource } = (document.json ?? {}) as { resource?: unknown };
  return resource === lab.config.resource
    ? undefined
    : `The document at resource_metadata does not name ${lab.config.resource} as its resource.`;
}

/** Complaints about an answer that should say that the input is not acceptable. */
export function complainAboutInvalidInput(reply: LabReply): string[] {
  if (reply.failure) return [`There was no answer: ${reply.failure}.`];
  const { result, error } = (reply.json ?? {}) as {
    result?: { isError?: boolean };
    error?: { code?: number };
  };
  const isRefusal = reply.status === 400 || result?.isError === true || error?.code === -32602;
  return isRefusal
    ? []
    : [`It answered HTTP ${reply.status} without saying that the input is not acceptable.`];
}

export interface RateLimited {
  /** Whole seconds, as stated. */
  retryAfter: number | undefined;
  complaints: string[];
}

/** What the members of a tool result hold: structured content, and texts that are JSON. */
function bodiesIn(answer: unknown): Record<string, unknown>[] {
  const { structuredContent, content } = (answer ?? {}) as {
    structuredContent?: unknown;
    content?: { text?: string }[];
  };
  return [structuredContent, ...(content ?? []).map(({ text }) => parse(text))].map((candidate) => {
    const outer = (candidate ?? {}) as { error?: object };
    return (outer.error ?? outer) as Record<string, unknown>;
  });
}

/** The code of an error in a tool result (topic 13); HTTP 404 says NOT_FOUND as well. */
export function errorCodeOf(reply: LabReply): string | undefined {
  const { result } = (reply.json ?? {}) as { result?: unknown };
  const code = bodiesIn(result).find((body) => typeof body.code === 'string')?.code;
  return (code as string | undefined) ?? (reply.status === 404 ? 'NOT_FOUND' : undefined);
}

/** Whether it says that this server is out of order, and not for a while only. */
export function saysItIsBroken(reply: LabReply): boolean {
  const { result } = (reply.json ?? {}) as { result?: unknown };
  const mayBeRetried = bodiesIn(result).some(({ retryable }) => retryable === true);
  return (errorCodeOf(reply) === 'INTERNAL' || reply.status >= 500) && !mayBeRetried;
}

/** Whether an answer is a rate-limit refusal, and what is wrong with it; undefined: it is none. */
export function readRateLimited(reply: LabReply): RateLimited | undefined {
  if (reply.status === 429) return judgeRetryAfter(Number(reply.headers['retry-after']));
  return readRateLimitedResult((reply.json as { result?: unknown } | undefined)?.result);
}

/** The same of a tool result. */
export function readRateLimitedResult(answer: unknown): RateLimited | undefined {
  if ((answer as { isError?: boolean } | undefined)?.isError !== true) return undefined;
  for (const body of bodiesIn(answer)) {
    if (body.code !== 'RATE_LIMITED') continue;
    const judged = judgeRetryAfter(body.retry_after_seconds);
    if (body.retryable !== true)
      judged.complaints.push('The refusal does not say `retryable: true`.');
    return judged;
  }
  return undefined;
}

function judgeRetryAfter(seconds: unknown): RateLimited {
  const usable = Number.isInteger(seconds) && Number(seconds) >= 1 && Number(seconds) <= 60;
  return usable
    ? { retryAfter: Number(seconds), complaints: [] }
    : {
        retryAfter: undefined,
        complaints: [
          `The refusal says to try again in ${String(seconds)} seconds; a whole number from 1 to 60 is needed.`,
        ],
      };
}

/** Whether a call was answered with a result that is not an error. */
export function succeeded(reply: LabReply): boolean {
  const { result } = (reply.json ?? {}) as { result?: { isError?: boolean } };
  return reply.status === 200 && result !== undefined && result.isError !== true;
}

/** One line about an answer, for sentences. */
export const describeReply = (reply: LabReply): string =>
  reply.failure ?? `HTTP ${reply.status}, ${reply.text.slice(0, 160).replaceAll(/\s+/g, ' ')}`;

export function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}

/** Complaints about an answer that should be an OAuth error in JSON (RFC 6749 §5.2). */
export function complainAboutOAuthError(reply: LabReply, codes: string[]): string[] {
  const { error, access_token } = (reply.json ?? {}) as { error?: unknown; access_token?: unknown };
  const allowed = codes.includes('invalid_client') ? [400, 401] : [400];
  const complaints: string[] = [];
  if (!allowed.includes(reply.status) || typeof error !== 'string') {
    complaints.push(`A refusal is HTTP 400 with a JSON error; it answered ${describeReply(reply)}`);
  } else if (!codes.includes(error)) {
    complaints.push(`The error is ${error}; ${codes.join(' or ')} tells a client what to do.`);
  }
  if (access_token !== undefined) complaints.push('The refusal holds an access token.');
  return complaints;
}
