import { z } from 'zod';
import type { ReadProviderClaims } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Each kind of provider has a schema, which reads claims and header in one step.';

const name = z.string().min(1);
const words = z.string().transform((text) => text.split(/ +/));
const roles = z.record(z.string(), z.unknown()).transform((found) => Object.keys(found));

export const readProviderClaims: ReadProviderClaims = ({ header, claims }, external) => {
  const { issuer, audience, kind } = external;
  const common = z.object({
    iss: z.literal(issuer),
    sub: name,
    aud: z.union([
      z.literal(audience),
      z.array(z.string()).refine((all) => all.includes(audience)),
    ]),
  });
  const project = `urn:zitadel:iam:org:project:${audience}:roles`;
  const schemas = {
    rfc9068: common
      .extend({
        client_id: name,
        scope: words.default([]),
        type: z.string().regex(/^(application\/)?at\+jwt$/i),
      })
      .transform(({ sub, client_id, scope }) => [sub, client_id, scope] as const),
    keycloak: common
      .extend({ azp: name, scope: words.default([]), typ: z.literal('Bearer') })
      .transform(({ sub, azp, scope }) => [sub, azp, scope] as const),
    entra: common
      .extend({ azp: name, scp: words })
      .transform(({ sub, azp, scp }) => [sub, azp, scp] as const),
    auth0: common
      .extend({ azp: name, scope: words })
      .transform(({ sub, azp, scope }) => [sub, azp, scope] as const),
    okta: common
      .extend({ cid: name, scp: z.array(z.string()).default([]) })
      .transform(({ sub, cid, scp }) => [sub, cid, scp] as const),
    cognito: common
      .extend({ client_id: name, scope: words.default([]), token_use: z.literal('access') })
      .transform(({ sub, client_id, scope }) => {
        const ours = scope.filter((one) => one.startsWith(`${audience}/`));
        return [sub, client_id, ours.map((one) => one.slice(audience.length + 1))] as const;
      }),
    zitadel: common
      .extend({
        client_id: name.optional(),
        azp: name.optional(),
        jti: name,
        roles: roles.default([]),
      })
      .transform(
        ({ sub, client_id, azp, roles: ours }) => [sub, client_id ?? azp ?? '', ours] as const,
      ),
    hydra: common
      .extend({ client_id: name, scp: z.array(z.string()).default([]) })
      .transform(({ sub, client_id, scp }) => [sub, client_id, scp] as const),
  };
  const read = schemas[kind].safeParse({
    ...claims,
    type: header.typ,
    roles: claims[project],
  });
  if (!read.success) throw new InvalidTokenError('This token is not for us.');
  const [subject, clientId, scopes] = read.data;
  return { issuer, subject, clientId, scopes };
};
