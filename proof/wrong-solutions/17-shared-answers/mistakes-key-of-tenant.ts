import type { KeyOfTenant, Tenant } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

/** Right in what the caller says. */
const keyBy =
  (make: (tenant: Tenant) => string): KeyOfTenant =>
  (tenant, asked) => {
    if (asked !== undefined && asked !== tenant.id) throw new NotFoundError('Not this tenant.');
    return make(tenant);
  };

const joinedBy = (separator: string): KeyOfTenant =>
  keyBy(({ issuer, id }) => issuer + separator + id);

const idAs = (change: (id: string) => string): KeyOfTenant =>
  keyBy(({ issuer, id }) => JSON.stringify([issuer, change(id)]));

const issuerAs = (change: (issuer: string) => string): KeyOfTenant =>
  keyBy(({ issuer, id }) => JSON.stringify([change(issuer), id]));

export const mistakes: Mistake[] = [
  {
    name: 'tenant-by-id-alone',
    mistake: 'A tenant is known by its id, whichever issuer has given it that.',
    caughtBy: ['tenant-other-issuer'],
    controls: { keyOfTenant: keyBy(({ id }) => id) },
  },
  {
    name: 'tenant-by-issuer-alone',
    mistake: 'All companies of one issuer have one key.',
    caughtBy: [
      'tenant-namesake',
      'sensor-of-others-read',
      'sensor-of-others-retired',
      'sensor-of-others-told',
    ],
    controls: { keyOfTenant: keyBy(({ issuer }) => issuer) },
  },
  {
    name: 'tenant-at-a-host',
    mistake: 'Of the issuer only its host counts, which several realms of one provider share.',
    caughtBy: ['tenant-other-issuer'],
    controls: { keyOfTenant: issuerAs((issuer) => issuer.split('/', 3).join('/')) },
  },
  {
    name: 'issuer-without-its-slash',
    mistake: 'A slash at the end of an issuer is cut off, and two issuers become one.',
    caughtBy: ['tenant-other-issuer'],
    controls: { keyOfTenant: issuerAs((issuer) => issuer.replace(/\/$/, '')) },
  },
  {
    name: 'joined-by-a-slash',
    mistake: 'Issuer and id are joined by a slash, which both may hold.',
    caughtBy: ['tenant-separator'],
    controls: { keyOfTenant: joinedBy('/') },
  },
  {
    name: 'joined-by-a-colon',
    mistake: 'Issuer and id are joined by a colon, which both may hold.',
    caughtBy: ['tenant-separator'],
    controls: { keyOfTenant: joinedBy(':') },
  },
  {
    name: 'joined-by-a-bar',
    mistake: 'Issuer and id are joined by a bar, because nobody would put one into a name.',
    caughtBy: ['tenant-separator'],
    controls: { keyOfTenant: joinedBy('|') },
  },
  {
    name: 'joined-by-a-nul',
    mistake: 'Issuer and id are joined by a NUL, which a claim may hold like any other character.',
    caughtBy: ['tenant-separator'],
    controls: { keyOfTenant: joinedBy('\u0000') },
  },
  {
    name: 'joined-by-nothing',
    mistake: 'Issuer and id stand side by side with nothing in between.',
    caughtBy: ['tenant-separator'],
    controls: { keyOfTenant: joinedBy('') },
  },
  {
    name: 'id-before-issuer',
    mistake: 'Id and issuer are joined like a mail address, whatever signs are in them.',
    caughtBy: ['tenant-separator'],
    controls: { keyOfTenant: keyBy(({ issuer, id }) => `${id}@${issuer}`) },
  },
  {
    name: 'quoted-by-hand',
    mistake: 'Issuer and id stand in quotes, and quotes inside of them are left as they are.',
    caughtBy: ['tenant-separator'],
    controls: { keyOfTenant: keyBy(({ issuer, id }) => `"${issuer}","${id}"`) },
  },
  {
    name: 'encoded-as-a-whole-address',
    mistake: 'The parts are encoded by encodeURI, which leaves the slash between them as it is.',
    caughtBy: ['tenant-separator'],
    controls: { keyOfTenant: keyBy(({ issuer, id }) => `${encodeURI(issuer)}/${encodeURI(id)}`) },
  },
  {
    name: 'capitals-of-tenants-folded',
    mistake: 'Names are compared without their case, as if their issuer had promised that.',
    caughtBy: ['tenant-namesake'],
    controls: { keyOfTenant: idAs((id) => id.toLowerCase()) },
  },
  {
    name: 'tenants-trimmed',
    mistake: 'Blanks around a name are cut off, and two companies become one.',
    caughtBy: ['tenant-namesake'],
    controls: { keyOfTenant: idAs((id) => id.trim()) },
  },
  {
    name: 'tenants-normalized',
    mistake: 'Names are brought into one Unicode form, and two companies become one.',
    caughtBy: ['tenant-namesake'],
    controls: { keyOfTenant: idAs((id) => id.normalize('NFC')) },
  },
  {
    name: 'tenants-as-slugs',
    mistake: 'All signs in a name become hyphens, so that it is fit for a path.',
    caughtBy: ['tenant-namesake'],
    controls: { keyOfTenant: idAs((id) => id.replaceAll(/[^a-zA-Z0-9]/g, '-')) },
  },
  {
    name: 'tenants-cut',
    mistake: 'Names are cut to what fits a column, and those that begin alike become one.',
    caughtBy: ['tenant-namesake'],
    controls: { keyOfTenant: idAs((id) => id.slice(0, 64)) },
  },
  {
    name: 'asked-tenant-is-taken',
    mistake: 'The argument of the caller chooses the tenant.',
    caughtBy: ['tenant-argument'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked) => JSON.stringify([issuer, asked ?? id]),
    },
  },
  {
    name: 'asked-tenant-of-letters-is-taken',
    mistake: 'The argument is looked at for dangerous characters, and then chooses the tenant.',
    caughtBy: ['tenant-argument'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked) =>
        JSON.stringify([issuer, asked && /^[a-z0-9-]+$/.test(asked) ? asked : id]),
    },
  },
  {
    name: 'asked-tenant-is-a-key',
    mistake: 'What the caller says is taken for the key itself.',
    caughtBy: ['tenant-argument', 'own-tenant-may-be-named'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked) => asked ?? JSON.stringify([issuer, id]),
    },
  },
  {
    name: 'no-tenant-may-be-named',
    mistake: 'Whoever names a tenant is refused, also if it is their own.',
    caughtBy: ['own-tenant-may-be-named'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked) => {
        if (asked !== undefined) throw new NotFoundError('Name no tenant.');
        return JSON.stringify([issuer, id]);
      },
    },
  },
  {
    name: 'asked-tenant-beside-the-key',
    mistake:
      'What the caller says is put into the key beside the tenant, so that they have two sets.',
    caughtBy: ['own-tenant-may-be-named'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked) => JSON.stringify([issuer, id, asked ?? null]),
    },
  },
];
