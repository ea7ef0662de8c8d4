import type { DiscoverIssuer } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'OpenID Connect is asked before OAuth, at places made from the text of the issuer.';

export const discoverIssuer: DiscoverIssuer = async (issuer, fetchDocument) => {
  const base = issuer.endsWith('/') ? issuer.slice(0, -1) : issuer;
  const { origin } = new URL(issuer);
  const path = base.slice(origin.length);
  const wellKnown = (name: string): string => `${origin}/.well-known/${name}${path}`;
  for (const place of [
    `${base}/.well-known/openid-configuration`,
    wellKnown('oauth-authorization-server'),
    wellKnown('openid-configuration'),
  ]) {
    let document: unknown;
    try {
      document = await fetchDocument(place);
    } catch {
      continue;
    }
    const { issuer: named, jwks_uri: jwksUri } = (document ?? {}) as Record<string, unknown>;
    if (named === issuer && typeof jwksUri === 'string') return { jwksUri };
  }
  throw new UnavailableError('The provider cannot be trusted now.');
};
