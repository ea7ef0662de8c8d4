import type { DiscoverIssuer, FetchProviderDocument } from '../weather-server/controls.ts';

// Today a document is followed wherever it leads, in the clear and inside as well, and read to its end.

// TODO 19: Ask at the issuer's own origin (`external.issuer`) as it is; that one the operator has
// named. Any other URL must be https, and lead to a public address: ask `chooseAddress` once, and
// connect to what it gives (`address`). No URL may hold a user name or a password, at the issuer's
// origin either. Follow no redirect, at the same host either (`redirect: 'manual'`), take status 200 only, read 256 KiB of body at most, and give up and hang up
// after five seconds (`AbortSignal.timeout` follows the lab's clock). Throw otherwise.
export const fetchProviderDocument: FetchProviderDocument = async (url, { web }) =>
  (await web.fetch(url)).json();

// Today the metadata of the host is looked at, whoever's it is: a host may have many tenants.

// TODO 19: Look for the metadata at the places where clients look (MCP, Authorization Server Metadata
// Discovery): `/.well-known/oauth-authorization-server` in front of the issuer's path, and
// `/.well-known/openid-configuration` in front of it or behind it; without the slash that an issuer
// may end in. Take a document only if its `issuer` is this issuer, character by character, and it has a
// `jwks_uri`; pass over whatever else is there, and look at the next place. Throw `UnavailableError` if
// there is none.
export const discoverIssuer: DiscoverIssuer = async (issuer, fetchDocument) => {
  const url = new URL('/.well-known/openid-configuration', issuer);
  const { jwks_uri } = (await fetchDocument(url.href)) as { jwks_uri: string };
  return { jwksUri: jwks_uri };
};
