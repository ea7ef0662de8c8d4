import type {
  BuildAuthorizationResponse,
  CreateConsentGuard,
  MatchRedirectUri,
} from '../weather-server/controls.ts';

// Today the code goes wherever the request says; `state` comes back changed and nothing says who
// answers; and who has agreed once is never asked again, whichever client is asking.

// TODO 03: Return the requested URI if the client registered it, character by character; on
// 127.0.0.1, [::1] and localhost the port may differ (RFC 8252 §7.3, RFC 9700 §4.1.3). Without one
// requested, the only registered one. Throw `OAuthError('invalid_request', …)` otherwise: it is
// shown on our own page and never redirected.
export const matchRedirectUri: MatchRedirectUri = (requested, client) =>
  requested ?? client.redirect_uris[0] ?? '';

// TODO 03: Send `state` back exactly as it came, in success and error, and `iss` with the issuer
// (RFC 9207 §2).
export const buildAuthorizationResponse: BuildAuthorizationResponse = (outcome, state) => ({
  ...outcome,
  ...(state === undefined ? {} : { state: state.trim() }),
});

// TODO 03: A consent belongs to one client and one browser (ask each time, or remember which).
// Accept a form only if it came from the page this browser was shown: for instance by a cookie with
// the page, and a hidden field that belongs to it; otherwise throw `OAuthError('access_denied',
// …)`. Let no site frame the page: `frame-ancestors 'none'`, or X-Frame-Options.
export const createConsentGuard: CreateConsentGuard = () => ({
  agreedBefore: (request) => /(?:^|; )consented=(\w+)/.exec(request.get('cookie') ?? '')?.[1],
  openForm: () => '',
  checkForm: () => undefined,
  remember: (user, _client, _asked, setHeader) =>
    setHeader('set-cookie', `consented=${user}; Path=/authorize`),
});
