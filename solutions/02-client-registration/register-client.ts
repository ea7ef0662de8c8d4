import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RegisterClient } from '../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';
import { withoutJoinersInPlace } from '../../exercises/weather-server/joiners.ts';

const SUPPORTED_GRANTS = ['authorization_code', 'refresh_token'];

/** Where a program of the user's own machine listens (RFC 8252 §7.3, §8.3), spelled out in full. */
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(?:[/?]|$)/;
/** A scheme only one program answers to: a domain in reverse order (RFC 8252 §7.1). */
const PRIVATE_USE = /^[a-z][a-z\d+-]*(?:\.[a-z\d+-]+)+:\/[^/]/;

/**
 * Programs whose scheme is no reversed domain, so that nothing in it says whose it is: known by name,
 * scheme and authority, or not at all. A further one is a decision of the operator.
 */
const KNOWN_APPS = ['cursor://anysphere.cursor-mcp/'];

/** Parameters of the answer; in a registered URI they would stand in every answer twice. */
const ANSWER_MEMBERS = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'];

/**
 * Whether an authorization code may be sent to `uri`: https, http on loopback, a private-use scheme
 * that is a reversed domain, or a program known by name, and nothing in it that makes it mean another place than it seems to.
 */
export function isAcceptableRedirectUri(uri: string): boolean {
  // Printable ASCII only (RFC 3986); a backslash counts as a slash in browsers.
  if (uri.length > 2000 || !/^[!-~]+$/.test(uri) || /[#\\]/.test(uri) || !URL.canParse(uri)) {
    return false;
  }
  const { protocol, hostname, username, password, searchParams } = new URL(uri);
  if (ANSWER_MEMBERS.some((name) => searchParams.has(name))) return false;
  if (PRIVATE_USE.test(uri) || KNOWN_APPS.some((app) => uri.startsWith(app))) return true;
  if (username !== '' || password !== '' || /^[a-z]+:\/\/[^/?]*@/i.test(uri)) return false;
  // Without `//` a browser may take it for a path of the page it is on.
  if (hostname.includes('*') || !/^https?:\/\/[^/]/i.test(uri)) return false;
  // Escaped letters and odd numbers make a host look like another one to whoever reads it.
  if (!uri.toLowerCase().startsWith(`${protocol}//${hostname}`)) return false;
  return protocol === 'https:' || LOOPBACK.test(uri);
}

/** The types a client asks for that this server has; unknown ones are left out (RFC 7591 §2). */
const supported = (all: string[], required: string) =>
  z
    .array(z.string().max(100))
    .max(20)
    .default([required])
    .transform((asked) => all.filter((type) => asked.includes(type)))
    .refine((types) => types.includes(required));

/** What nobody sees, what turns text around, and code points that have no meaning. */
const DECEIVING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{DI}]/u;
/** What a name needs one of, since a blank or a mark alone names nobody. */
const SEEN = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
/** Emoji as Unicode lists them, and their parts as keyboards write them: ❤\ufe0e, 👩‍💻, ❤‍🔥. */
const EMOJI = new RegExp(
  String.raw`\p{RGI_Emoji}|\p{Extended_Pictographic}(?:\ufe0e|[\p{Emoji_Modifier}\ufe0f]?(?:\u200d\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]?)*)`,
  'gv',
);

/** Shown to users, so it must look like what it is. Joiners and selectors are seen where they belong. */
function isHonestName(name: string): boolean {
  const seen = withoutJoinersInPlace(name.replaceAll(EMOJI, '*'));
  return SEEN.test(name) && !DECEIVING.test(seen);
}

/**
 * What of client metadata this server uses (RFC 7591 §2). Everything else in it is ignored, a
 * `client_id` and a secret of the client's choice included.
 */
export const clientMetadata = z.object({
  redirect_uris: z.array(z.string().refine(isAcceptableRedirectUri)).min(1).max(10),
  client_name: z.string().min(1).max(100, { abort: true }).refine(isHonestName).optional(),
  grant_types: supported(SUPPORTED_GRANTS, 'authorization_code'),
  response_types: supported(['code'], 'code'),
});

/**
 * Registers a public client (RFC 7591). The client chooses none of its powers: it gets a new
 * `client_id`, no secret, and those of the asked grant and response types that this server has. The
 * answer repeats what was registered, which may be less than was asked for (§3.2.1).
 *
 * Does not check who registers: whoever reaches the endpoint may. The server bounds their number.
 */
export const registerClient: RegisterClient = (metadata) => {
  const parsed = clientMetadata.safeParse(metadata);
  if (!parsed.success) {
    throw refusal(parsed.error.issues);
  }
  const { client_name, ...rest } = parsed.data;
  return {
    client_id: randomUUID(),
    ...(client_name === undefined ? {} : { client_name }),
    ...rest,
    token_endpoint_auth_method: 'none',
  };
};

/** What each member has to be; said to whoever wrote the client. */
const NEEDED: Record<string, string> = {
  client_name:
    'client_name needs 1 to 100 visible characters, with a letter, a digit or a picture among them, and no control, direction or invisible characters.',
  grant_types: 'grant_types is a list of names, with authorization_code among them.',
  response_types: 'response_types is a list of names, with code among them.',
};

/** One bad member refuses all, and its client cannot guess which it was. */
function refusal(issues: { path: PropertyKey[] }[]): OAuthError {
  const ofUris = issues.find(({ path }) => path[0] === 'redirect_uris');
  if (ofUris) {
    const index = ofUris.path[1];
    return new OAuthError(
      'invalid_redirect_uri',
      typeof index === 'number'
        ? `redirect_uris[${index}] is not acceptable here.`
        : 'redirect_uris needs one to ten acceptable URIs.',
    );
  }
  return new OAuthError(
    'invalid_client_metadata',
    NEEDED[String(issues[0]?.path[0])] ??
      'Client metadata is a JSON object, sent as application/json.',
  );
}
