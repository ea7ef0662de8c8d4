import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type {
  BuildAuthorizationResponse,
  CreateConsentGuard,
  MatchRedirectUri,
} from '../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';

/** A redirect URI on loopback: what comes before the port, the port, what comes after. */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::(\d{1,5}))?((?:[/?].*)?)$/s;

/**
 * Picks the redirect URI: the requested one if it is registered, character by character (OAuth 2.1
 * §4.1.1, RFC 9700 §2.1). On loopback the port may differ, because a native client learns its port
 * from the operating system (RFC 8252 §7.3); so it may for `localhost` (RFC 9700 §4.1.3), which is
 * another host than 127.0.0.1 all the same.
 *
 * Comparing texts is the point. Parsing first makes two spellings equal that a browser or a proxy
 * may treat differently, and a prefix is no comparison at all: `http://127.0.0.1:3000@evil.example`
 * begins with a registered URI and leads elsewhere.
 */
export const matchRedirectUri: MatchRedirectUri = (requested, client) => {
  const { redirect_uris: registered } = client;
  const [only] = registered;
  if (requested === undefined && registered.length === 1 && only !== undefined) return only;
  if (requested !== undefined) {
    const asked = withoutLoopbackPort(requested);
    if (registered.includes(requested)) return requested;
    if (asked && registered.some((uri) => withoutLoopbackPort(uri) === asked)) return requested;
  }
  throw new OAuthError('invalid_request', 'The redirect URI is not one this client registered.');
};

function withoutLoopbackPort(uri: string): string | undefined {
  const [, host, port, rest] = LOOPBACK.exec(uri) ?? [];
  return host === undefined || Number(port ?? 80) > 65_535 ? undefined : `${host}${rest}`;
}

/**
 * What goes back to the client, in success and in error: `state` as it came, since the client
 * compares it, and `iss`, so that a client of several servers knows which of them answers
 * (RFC 6749 §4.1.2, §4.1.2.1; RFC 9207 §2).
 */
export const buildAuthorizationResponse: BuildAuthorizationResponse = (outcome, state, config) => ({
  ...outcome,
  ...(state === undefined ? {} : { state }),
  iss: config.issuer,
});

/**
 * Asks the user at every request, whatever was decided before: anybody can claim to be a public
 * client, so an earlier consent says nothing about who is asking now (RFC 8252 §8.6; MCP, Confused
 * Deputy Problem).
 *
 * A form counts if its hidden field belongs to the cookie that was set with the page, and to the
 * client the page was about: another site can make a browser send a form, and read neither. The
 * cookie is for this site's own requests only, and for no script. No site may frame the page
 * (RFC 9700 §4.16). With https the cookie is a `__Host-` one, so that no neighbouring host can set it.
 */
export const createConsentGuard: CreateConsentGuard = ({ issuer }) => {
  const isSecure = issuer.startsWith('https:');
  const name = isSecure ? '__Host-consent_form' : 'consent_form';
  const attributes = `HttpOnly; SameSite=Strict; Path=/${isSecure ? '; Secure' : ''}`;
  const key = randomBytes(32);
  const fieldFor = (page: string, clientId: string): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([page, clientId]))
      .digest('base64url');

  return {
    agreedBefore: () => undefined,

    openForm(_request, client, setHeader) {
      const page = randomBytes(16).toString('base64url');
      setHeader('set-cookie', `${name}=${page}; ${attributes}`);
      setHeader(
        'content-security-policy',
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      );
      setHeader('x-frame-options', 'DENY');
      return fieldFor(page, client.client_id);
    },

    checkForm(request, client, field) {
      const cookie = new RegExp(`(?:^|; *)${name}=([\\w-]+)`).exec(request.get('cookie') ?? '');
      const expected = Buffer.from(fieldFor(cookie?.[1] ?? '', client.client_id));
      const actual = Buffer.from(field ?? '');
      const fits = actual.length === expected.length && timingSafeEqual(actual, expected);
      if (!cookie || !fits) {
        throw new OAuthError('access_denied', 'This decision was not made on our page.');
      }
    },

    remember: () => undefined,
  };
};
