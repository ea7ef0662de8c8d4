import { z } from 'zod';
import type { DiscoverIssuer } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'All places are asked at the same time, and the first of them that fits is taken.';

export const discoverIssuer: DiscoverIssuer = async (issuer, fetchDocument) => {
  const schema = z.looseObject({ issuer: z.literal(issuer), jwks_uri: z.url() });
  const url = new URL(issuer);
  const path = url.pathname === '/' ? '' : url.pathname.replace(/\/+$/, '');
  const places = [
    `/.well-known/oauth-authorization-server${path}`,
    `/.well-known/openid-configuration${path}`,
    `${path}/.well-known/openid-configuration`,
  ];
  const asked = places.map(async (place) => {
    const { jwks_uri: jwksUri } = schema.parse(await fetchDocument(url.origin + place));
    return { jwksUri };
  });
  return Promise.any(asked).catch(() => {
    throw new UnavailableError('There are no metadata of this issuer.');
  });
};
