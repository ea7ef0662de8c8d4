import type { CreateThirdPartySignIn, WantedAccess } from '../weather-server/controls.ts';

// Today every browser is sent straight on to the third party, which asks its user nothing because it
// knows this server. Whoever comes back is believed, as often as they like, whatever their state says.

// TODO 20: Nobody may get a code before a user has agreed to just this, on our page: this client, this
// redirect URI, these scopes. `arrive` may always `ask`. If it remembers, it remembers each consent whole,
// in which browser; and it asks anyway when another site has led the browser here (`Sec-Fetch-Site:
// cross-site`, or no such header; `same-site` is up to you).
// `allow` makes a state, and so does `arrive` where it remembers: new random bytes each time, 32 or so.
// Either way it belongs to one browser, which is known by a cookie that came with a yes. What a page set
// before the first yes does not count.
// `resume` gives back what was allowed under a state: in that browser only, within ten minutes of that
// very yes by our clock, and once. A no from the third party uses it up as well (no code is in the URL
// then, and their client wants to be told), and of many at once one is let through; it is used up here,
// for cookies can be copied. Whether a try in another browser uses it up is up to you.
// The cookie is `HttpOnly` and `SameSite=Lax`: the third party is another site, so that a `Strict` one
// would not come back. Where `config.issuer` has https it is `Secure`, has `Path=/`, and is called
// `__Host-…`; look for it under just that name. Other cookies are anybody's, and in any form.
// Several such trips may be under way in one browser, and in several browsers of one user.
// Throw `OAuthError('access_denied', …)` for all else, whatever stands in state or cookie.
export const createThirdPartySignIn: CreateThirdPartySignIn = () => {
  const write = (wanted: WantedAccess): string =>
    Buffer.from(JSON.stringify(wanted)).toString('base64url');
  return {
    arrive: (_request, wanted) => ({ state: write(wanted) }),
    allow: (_request, wanted) => write(wanted),
    resume: (_request, state) =>
      JSON.parse(Buffer.from(state, 'base64url').toString()) as WantedAccess,
  };
};
