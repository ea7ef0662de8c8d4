import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
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

/** Each gets a name when it is first seen. */
function namedWhenSeen(nameFor: (count: number) => string): KeyOfTenant {
  const names = new Map<string, string>();
  return keyBy(({ issuer, id }) => {
    const tenant = JSON.stringify([issuer, id]);
    const name = names.get(tenant) ?? nameFor(names.size);
    names.set(tenant, name);
    return name;
  });
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Asked for is a tenant of which somebody has been here; it says so. */
function tellingWhoWasHere(): KeyOfTenant {
  const seen = new Set<string>();
  return ({ issuer, id }, asked) => {
    seen.add(id);
    if (asked === undefined || asked === id) return JSON.stringify([issuer, id]);
    throw new NotFoundError(seen.has(asked) ? 'You are in another tenant.' : 'No such tenant.');
  };
}

export const mistakes: Mistake[] = [
  {
    name: 'tenant-by-id-alone',
    mistake: 'A tenant is known by its id, whichever issuer has given it that.',
    caughtBy: ['tenant-other-issuer', 'sensor-of-others-read', 'sensor-of-others-retired'],
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
    caughtBy: ['tenant-other-issuer', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: { keyOfTenant: issuerAs((issuer) => issuer.split('/', 3).join('/')) },
  },
  {
    name: 'issuer-without-its-slash',
    mistake: 'A slash at the end of an issuer is cut off, and two issuers become one.',
    caughtBy: ['tenant-other-issuer', 'sensor-of-others-read', 'sensor-of-others-retired'],
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
    caughtBy: ['tenant-namesake', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: { keyOfTenant: idAs((id) => id.toLowerCase()) },
  },
  {
    name: 'tenants-trimmed',
    mistake: 'Blanks around a name are cut off, and two companies become one.',
    caughtBy: ['tenant-namesake', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: { keyOfTenant: idAs((id) => id.trim()) },
  },
  {
    name: 'tenants-normalized',
    mistake: 'Names are brought into one Unicode form, and two companies become one.',
    caughtBy: ['tenant-namesake', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: { keyOfTenant: idAs((id) => id.normalize('NFC')) },
  },
  {
    name: 'tenants-as-slugs',
    mistake: 'All signs in a name become hyphens, so that it is fit for a path.',
    caughtBy: ['tenant-namesake', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: { keyOfTenant: idAs((id) => id.replaceAll(/[^a-zA-Z0-9]/g, '-')) },
  },
  {
    name: 'tenants-cut',
    mistake: 'Names are cut to what fits a column, and those that begin alike become one.',
    caughtBy: ['tenant-namesake', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: { keyOfTenant: idAs((id) => id.slice(0, 64)) },
  },
  {
    name: 'asked-tenant-is-taken',
    mistake: 'The argument of the caller chooses the tenant.',
    caughtBy: ['tenant-argument', 'sensor-of-others-told'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked) => JSON.stringify([issuer, asked ?? id]),
    },
  },
  {
    name: 'asked-tenant-of-letters-is-taken',
    mistake: 'The argument is looked at for dangerous characters, and then chooses the tenant.',
    caughtBy: ['tenant-argument', 'sensor-of-others-told'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked) =>
        JSON.stringify([issuer, asked && /^[a-z0-9-]+$/.test(asked) ? asked : id]),
    },
  },
  {
    name: 'asked-tenant-within-ones-own',
    mistake: 'The argument chooses the tenant if it is part of the name of the caller’s own.',
    caughtBy: ['tenant-argument'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked = id) =>
        JSON.stringify([issuer, id.includes(asked) ? asked : id]),
    },
  },
  {
    name: 'asked-tenant-beginning-ones-own',
    mistake: 'The argument chooses the tenant if the name of the caller’s own begins with it.',
    caughtBy: ['tenant-argument'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked = id) =>
        JSON.stringify([issuer, id.startsWith(asked) ? asked : id]),
    },
  },
  {
    name: 'asked-tenant-in-other-capitals',
    mistake: 'The argument is compared without its case, and then taken as it is.',
    caughtBy: ['tenant-argument'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked = id) =>
        JSON.stringify([issuer, asked.toLowerCase() === id.toLowerCase() ? asked : id]),
    },
  },
  {
    name: 'asked-tenant-is-a-key',
    mistake: 'What the caller says is taken for the key itself.',
    caughtBy: ['tenant-argument', 'own-tenant-may-be-named', 'sensor-of-others-told'],
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
    caughtBy: ['own-tenant-may-be-named', 'tenant-argument'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked) => JSON.stringify([issuer, id, asked ?? null]),
    },
  },
  {
    name: 'tenants-are-counted',
    mistake: 'Tenants are numbered as they come, and after a start they come in another order.',
    caughtBy: ['a-tenant-keeps-its-key'],
    controls: () => ({ keyOfTenant: namedWhenSeen((count) => `tenant-${count + 1}`) }),
  },
  {
    name: 'tenants-are-named-by-chance',
    mistake: 'Each tenant gets a random name, which nobody remembers after the process has ended.',
    caughtBy: ['a-tenant-keeps-its-key'],
    controls: () => ({ keyOfTenant: namedWhenSeen(() => randomUUID()) }),
  },
  {
    name: 'mac-under-a-key-of-the-process',
    mistake: 'The key of a tenant is a MAC under a secret that each process makes for itself.',
    caughtBy: ['a-tenant-keeps-its-key'],
    controls() {
      const secret = randomBytes(32);
      const mac = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
      return { keyOfTenant: keyBy(({ issuer, id }) => mac(JSON.stringify([issuer, id]))) };
    },
  },
  {
    name: 'a-new-key-each-day',
    mistake: 'The date is part of the key, so that at midnight everybody has lost what they kept.',
    caughtBy: ['a-tenant-keeps-its-key'],
    controls: {
      keyOfTenant: keyBy(({ issuer, id }) =>
        JSON.stringify([new Date().toISOString().slice(0, 10), issuer, id]),
      ),
    },
  },
  {
    name: 'eight-digits-of-a-digest',
    mistake:
      'Of a digest eight digits are kept, and anybody can look for a name that has the same.',
    caughtBy: ['tenant-namesake', 'tenant-other-issuer'],
    controls: {
      keyOfTenant: keyBy(({ issuer, id }) => digest(JSON.stringify([issuer, id])).slice(0, 8)),
    },
  },
  {
    name: 'digest-as-a-number',
    mistake: 'A digest is read as a number, and most of its digits are rounded away.',
    caughtBy: ['tenant-namesake', 'tenant-other-issuer'],
    controls: {
      keyOfTenant: keyBy(({ issuer, id }) =>
        String(Number.parseInt(digest(JSON.stringify([issuer, id])), 16)),
      ),
    },
  },
  {
    name: 'bar-is-percent-encoded',
    mistake: 'A bar in a name is written as %7C, and a name in which %7C stands stays as it is.',
    caughtBy: ['tenant-separator', 'tenant-namesake'],
    controls: {
      keyOfTenant: keyBy(({ issuer, id }) =>
        [issuer, id].map((part) => part.replaceAll('|', '%7C')).join('|'),
      ),
    },
  },
  {
    name: 'first-bar-is-percent-encoded',
    mistake: 'Both the percent sign and the bar are escaped, and each only where it first occurs.',
    caughtBy: ['tenant-namesake'],
    controls: {
      keyOfTenant: keyBy(({ issuer, id }) =>
        [issuer, id].map((part) => part.replace('%', '%25').replace('|', '%7C')).join('|'),
      ),
    },
  },
  {
    name: 'colon-is-escaped-and-backslash-not',
    mistake: 'A colon in a name gets a backslash, and a backslash in a name gets nothing.',
    caughtBy: ['tenant-separator'],
    controls: {
      keyOfTenant: keyBy(({ issuer, id }) =>
        [issuer, id].map((part) => part.replaceAll(':', String.raw`\:`)).join(':'),
      ),
    },
  },
  {
    name: 'issuer-in-small-letters',
    mistake: 'The whole issuer loses its capitals, of which only its host may have any.',
    caughtBy: ['tenant-other-issuer', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: { keyOfTenant: issuerAs((issuer) => issuer.toLowerCase()) },
  },
  {
    name: 'issuer-as-the-browser-writes-it',
    mistake: 'The issuer is parsed as an address and written anew, which makes one of several.',
    caughtBy: ['tenant-other-issuer', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: {
      keyOfTenant: issuerAs((issuer) => (URL.canParse(issuer) ? new URL(issuer).href : issuer)),
    },
  },
  {
    name: 'issuer-without-its-query',
    mistake: 'What stands behind a question mark is cut off the issuer, which is part of its name.',
    caughtBy: ['tenant-other-issuer'],
    controls: { keyOfTenant: issuerAs((issuer) => issuer.replace(/\?.*$/s, '')) },
  },
  {
    name: 'unseen-signs-are-left-out',
    mistake: 'Signs that nobody sees are taken out of a name, with which it is somebody else’s.',
    caughtBy: ['tenant-namesake', 'sensor-of-others-read', 'sensor-of-others-retired'],
    controls: {
      keyOfTenant: idAs((id) => id.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')),
    },
  },
  {
    name: 'asked-branch-is-taken',
    mistake: 'The argument chooses the tenant if it goes on behind the name of the caller’s own.',
    caughtBy: ['tenant-argument'],
    controls: {
      keyOfTenant: ({ issuer, id }, asked = id) =>
        JSON.stringify([issuer, asked.startsWith(`${id}/`) ? asked : id]),
    },
  },
  {
    name: 'other-names-are-a-fault',
    mistake: 'For another tenant an error is thrown that the server takes for a fault of its own.',
    caughtBy: ['tenant-argument'],
    controls: {
      keyOfTenant({ issuer, id }, asked) {
        if (asked !== undefined && asked !== id) throw new Error('Not this tenant.');
        return JSON.stringify([issuer, id]);
      },
    },
  },
  {
    name: 'asked-tenant-is-trimmed',
    mistake:
      'Blanks are cut off what the caller says and not off the name that it is compared with.',
    caughtBy: ['own-tenant-may-be-named'],
    controls: {
      keyOfTenant({ issuer, id }, asked) {
        if (asked !== undefined && asked.trim() !== id) throw new NotFoundError('Not this tenant.');
        return JSON.stringify([issuer, id]);
      },
    },
  },
  {
    name: 'says-which-tenants-there-are',
    mistake: 'Whoever names another company is told whether it is a customer.',
    caughtBy: ['sensor-of-others-told'],
    controls: () => ({ keyOfTenant: tellingWhoWasHere() }),
  },
];
