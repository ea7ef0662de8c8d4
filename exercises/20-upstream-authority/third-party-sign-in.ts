import type { CreateThirdPartySignIn, WantedAccess } from '../weather-server/controls.ts';

// Today every browser is sent straight on to the third party, which asks its user nothing because it
// knows this server. Whoever comes back is believed, as often as they like, whatever their state says.

// TODO 20: Nobody may get a code before a user has agreed to just this, on our page: this client, this
// redirect URI, these scopes. `arrive` may always `ask`. If it remembers, it remembers what was agreed
// to, in which browser; and it asks anyway when another site has led the browser here
// (`Sec-Fetch-Site: cross-site`, or no such header).
// `allow` makes the state: a new random one each time, and only here. `resume` gives back what was
// allowed under a state once, within ten minutes by our clock, and only in the browser that allowed it:
// bind it to a cookie that is set in `allow`. The third party is another site, so `SameSite=Strict` would not come
// back. Several such trips may be under way in one browser, and in several browsers of one user.
// Throw `OAuthError('access_denied', …)` for all else. Users may also come back with a no: no code is
// in the URL then, and their client wants to be told.
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
