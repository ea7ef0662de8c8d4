import { createHash } from 'node:crypto';
import type {
  KeyOfTenant,
  KeyOfAnswer,
  Tenant,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A tenant is known by a digest of its issuer and its id, so that no name stands in any key.';

const digestOf = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

const nameOf = ({ issuer, id }: Tenant): string => digestOf('tenant', issuer, id);

export const keyOfTenant: KeyOfTenant = (tenant) => nameOf(tenant);

export const keyOfAnswer: KeyOfAnswer = (tenant, { tool, arguments: args }) => {
  const members = Object.keys(args)
    .toSorted()
    .map((name) => [name, args[name] ?? null]);
  return digestOf('answer', nameOf(tenant), tool, members);
};
