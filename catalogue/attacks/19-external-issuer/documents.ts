/** The documents of a provider: whose they are, where they lead, and how much of them there is. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { PUBLIC_IPV4, PUBLIC_IPV6 } from '../21-outgoing-requests/feeds.ts';
import { cwe, link, rfc } from '../references.ts';
import {
  acceptsProvider,
  keySetOf,
  makeProvider,
  OAUTH_PATH,
  OPENID_PATH,
  providerKey,
  tryToken,
  weatherWith,
  webEntries,
  whileTimePasses,
} from './provider.ts';

const ssrf = cwe(918, 'Server-Side Request Forgery');
const metadataValidation = rfc(8414, '3.3');

/** Four times what may be read: nobody is held to the exact number. */
const TOO_MANY_BYTES = 1024 * 1024;
/** Three times as long as it may take, on the server's clock. */
const TOO_LONG_MS = 15_000;

export const documents: Attack[] = [
  defineAttack<{ issuer: string | string[] | null; root: boolean }>({
    id: 'iss-metadata-of-another',
    title: 'Metadata of another issuer',
    level: 'core',
    story:
      'A host has many tenants, and one of them is the attacker’s. Where the server looks for the metadata of its own issuer it finds the attacker’s: because the path was lost on the way, or because the host is careless. The keys in it are the attacker’s too.',
    secureAnswer:
      'Nothing of a document is used whose `issuer` is not the one that was asked for, character by character.',
    lessonAnchor: 'where-the-metadata-are',
    references: [metadataValidation, cwe(346, 'Origin Validation Error')],
    payload: z.strictObject({
      issuer: z.union([z.string().max(200), z.array(z.string().max(200)).max(5), z.null()]),
      root: z.boolean(),
    }),
    ordinaryUse: acceptsProvider,
    variants: {
      'of the whole host': { issuer: '{{host}}', root: true },
      'of another tenant': { issuer: '{{host}}/tenant-b', root: false },
      'with a slash more': { issuer: '{{issuer}}/', root: false },
      'in capitals': { issuer: '{{host}}/Tenant-A', root: false },
      'beginning like ours': { issuer: '{{issuer}}-b', root: false },
      'with ours in it': { issuer: 'https://evil.example/?{{issuer}}', root: false },
      'of nobody': { issuer: null, root: false },
      'of several': { issuer: ['{{issuer}}'], root: false },
    },
    async fire({ issuer, root }, lab) {
      const provider = await makeProvider(lab, { path: '/tenant-a' });
      const attacker = await providerKey(lab, 'attacker');
      const host = new URL(provider.external.issuer).origin;
      const evilKeys = `https://evil-${lab.nonce}.example/keys`;
      await lab.publish(evilKeys, { body: keySetOf([attacker]) });
      const fill = (text: string): string =>
        text.replaceAll('{{host}}', host).replaceAll('{{issuer}}', provider.external.issuer);
      const named = typeof issuer === 'string' ? fill(issuer) : issuer?.map(fill);
      const right = [`${OAUTH_PATH}/tenant-a`, `/tenant-a${OPENID_PATH}`];
      const evil = { issuer: named, jwks_uri: evilKeys };
      await provider.publishMetadata([OPENID_PATH, OAUTH_PATH], evil);
      await provider.publishMetadata(right, root ? {} : evil);
      await provider.publishKeys([provider.key]);
      await lab.trust(provider.external);
      const token = await provider.token({}, { key: attacker });
      const { breaches } = await tryToken(lab, token, 'a token by the attacker’s key');
      return { breaches, complaints: [] };
    },
  }),

  defineAttack<{ of: 'keys' | 'metadata'; status: number; to: string }>({
    id: 'iss-redirected-document',
    title: 'A document that leads elsewhere',
    level: 'core',
    story:
      'The provider’s host has an open redirect, or somebody has changed one line of its configuration. The key set answers 302, and what is there are keys of the attacker’s, or a machine inside.',
    secureAnswer: 'No request to where it leads, and nothing of it is used.',
    lessonAnchor: 'how-a-document-is-fetched',
    references: [ssrf, rfc(9110, '15.4'), cwe(601, 'URL Redirection to Untrusted Site')],
    payload: z.strictObject({
      of: z.enum(['keys', 'metadata']),
      status: z.number().int().min(300).max(399),
      to: z.string().max(200),
    }),
    ordinaryUse: acceptsProvider,
    variants: {
      'keys of the attacker’s': { of: 'keys', status: 302, to: '{{evil}}/keys' },
      'keys, for good': { of: 'keys', status: 308, to: '{{evil}}/keys' },
      'metadata of the attacker’s': { of: 'metadata', status: 307, to: '{{evil}}/metadata' },
      'keys inside': { of: 'keys', status: 302, to: 'https://10.0.0.5/keys' },
      'metadata inside': { of: 'metadata', status: 301, to: 'https://169.254.169.254/latest' },
      'keys, at the same host': { of: 'keys', status: 302, to: '{{host}}/uploads/keys' },
      'keys, by a path': { of: 'keys', status: 307, to: '/uploads/keys' },
    },
    async fire({ of, status, to }, lab) {
      const evil = `https://evil-${lab.nonce}.example`;
      const provider = await makeProvider(lab);
      const host = new URL(provider.external.issuer).origin;
      const location = to.replaceAll('{{evil}}', evil).replaceAll('{{host}}', host);
      const target = new URL(location, host).href;
      const attacker = await providerKey(lab, 'attacker');
      const { issuer } = provider.external;
      for (const at of [evil, `${host}/uploads`]) {
        await lab.publish(`${at}/keys`, { body: keySetOf([attacker]) });
      }
      await lab.publish(`${evil}/metadata`, { body: { issuer, jwks_uri: `${evil}/keys` } });
      const leads = { status, headers: { location } };
      await provider.publishMetadata([OPENID_PATH], {}, of === 'metadata' ? leads : {});
      await provider.publishKeys([provider.key], of === 'keys' ? leads : {});
      await lab.trust(provider.external);
      const token = await provider.token({}, { key: attacker });
      const { breaches } = await tryToken(lab, token, 'a token by the attacker’s key');
      const followed = (await webEntries(lab)).filter(({ url }) => url === target);
      return {
        breaches: [...breaches, ...followed.map(({ url }) => `The server asked ${url}.`)],
        complaints: [],
      };
    },
  }),

  defineAttack<{ jwksUri: string; lookups: string[] }>({
    id: 'iss-keys-elsewhere',
    title: 'Keys at an address that nobody should ask',
    level: 'core',
    story:
      'The metadata name the place of the keys, and this place is in the clear, so that anybody on the way can put keys of their own there; or it is a machine inside, which only your server can reach.',
    secureAnswer:
      'No request: beside the issuer’s own origin, only https to public addresses; and nowhere with a user name or a password.',
    lessonAnchor: 'how-a-document-is-fetched',
    references: [ssrf, cwe(319, 'Cleartext Transmission of Sensitive Information'), rfc(8414, '2')],
    payload: z.strictObject({
      jwksUri: z.string().max(200),
      lookups: z.array(z.string().max(60)).max(5),
    }),
    ordinaryUse: acceptsProvider,
    variants: {
      'in the clear': { jwksUri: 'http://keys-{{nonce}}.example/keys', lookups: [] },
      'in the clear, at the issuer’s host': {
        jwksUri: 'http://id-{{nonce}}.example/keys',
        lookups: [],
      },
      'an address inside': { jwksUri: 'https://10.0.0.5/keys', lookups: [] },
      'a name that leads inside': {
        jwksUri: 'https://keys-{{nonce}}.example/keys',
        lookups: ['10.0.0.5'],
      },
      'a name that changes its mind': {
        jwksUri: 'https://keys-{{nonce}}.example/keys',
        lookups: [PUBLIC_IPV4, '10.0.0.5'],
      },
      'a name that changes its mind later': {
        jwksUri: 'https://keys-{{nonce}}.example/keys',
        lookups: [PUBLIC_IPV4, PUBLIC_IPV6, PUBLIC_IPV4, '::1'],
      },
      'with a password': { jwksUri: 'https://admin:admin@id-{{nonce}}.example/keys', lookups: [] },
      'with a user, elsewhere': { jwksUri: 'https://us@keys-{{nonce}}.example/keys', lookups: [] },
      'with a password alone': { jwksUri: 'https://:pw@keys-{{nonce}}.example/keys', lookups: [] },
    },
    async fire({ jwksUri, lookups }, lab) {
      const url = jwksUri.replaceAll('{{nonce}}', lab.nonce);
      const provider = await makeProvider(lab);
      await provider.publishMetadata([OPENID_PATH], { jwks_uri: url });
      const addresses = lookups.length > 0 ? { addresses: lookups } : {};
      await lab.publish(url, { body: keySetOf([provider.key]), ...addresses });
      // As often as it takes to come to the last lookup, however often the server looks.
      for (let start = 0; start < Math.max(1, lookups.length); start++) {
        await lab.trust(provider.external);
        await weatherWith(lab, await provider.token());
      }
      return { breaches: await askedWrongly(lab), complaints: [] };
    },
  }),

  defineAttack<{
    of: 'keys' | 'metadata';
    padding: number;
    status: number;
    headers: Record<string, string>;
  }>({
    id: 'iss-endless-document',
    title: 'A document of ten megabytes',
    level: 'core',
    story:
      'The key set goes on and on: by a mistake, or because somebody else answers in the provider’s place. A server that reads it to its end keeps all of it in memory, and does so again for each refresh.',
    secureAnswer: 'An end after 256 KiB, by counting what comes.',
    lessonAnchor: 'how-a-document-is-fetched',
    references: [cwe(770, 'Allocation of Resources Without Limits or Throttling')],
    payload: z.strictObject({
      of: z.enum(['keys', 'metadata']),
      padding: z.number().int().min(0).max(20_000_000),
      status: z.number().int().min(200).max(599),
      headers: z.record(z.string(), z.string().max(200)),
    }),
    ordinaryUse: acceptsProvider,
    variants: {
      'the key set': { of: 'keys', padding: 10_000_000, status: 200, headers: {} },
      'the metadata': { of: 'metadata', padding: 10_000_000, status: 200, headers: {} },
      'said to be short': {
        of: 'keys',
        padding: 10_000_000,
        status: 200,
        headers: { 'content-length': '300' },
      },
      'in an error page': { of: 'keys', padding: 10_000_000, status: 500, headers: {} },
    },
    async fire({ of, ...page }, lab) {
      const provider = await makeProvider(lab);
      await provider.publishMetadata([OPENID_PATH], {}, of === 'metadata' ? page : {});
      await provider.publishKeys([provider.key], of === 'keys' ? page : {});
      await lab.trust(provider.external);
      await weatherWith(lab, await provider.token());
      const most = Math.max(0, ...(await webEntries(lab)).map(({ bytes }) => bytes));
      return {
        breaches: most > TOO_MANY_BYTES ? [`The server read ${most} bytes of a document.`] : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{ of: 'keys' | 'metadata'; answersAfter: number; pause: number; padding: number }>({
    id: 'iss-slow-provider',
    title: 'A provider that takes its time',
    level: 'core',
    story:
      'The provider takes the connection and says nothing, or a few bytes now and then. Every call with its tokens waits for it, and soon nobody gets an answer.',
    secureAnswer: 'The server hangs up after five seconds, and says 503.',
    lessonAnchor: 'how-a-document-is-fetched',
    references: [cwe(400, 'Uncontrolled Resource Consumption')],
    payload: z.strictObject({
      of: z.enum(['keys', 'metadata']),
      answersAfter: z.number().int().min(0).max(300_000),
      pause: z.number().int().min(0).max(60_000),
      padding: z.number().int().min(0).max(60_000),
    }),
    ordinaryUse: acceptsProvider,
    variants: {
      'keys after two minutes': { of: 'keys', answersAfter: 120_000, pause: 0, padding: 0 },
      'metadata after two minutes': { of: 'metadata', answersAfter: 120_000, pause: 0, padding: 0 },
      'a few bytes every two seconds': {
        of: 'keys',
        answersAfter: 0,
        pause: 2_000,
        padding: 3_840,
      },
    },
    async fire({ of, ...page }, lab) {
      const provider = await makeProvider(lab);
      await provider.publishMetadata([OPENID_PATH], {}, of === 'metadata' ? page : {});
      await provider.publishKeys([provider.key], of === 'keys' ? page : {});
      await lab.trust(provider.external);
      const token = await provider.token();
      const slow = of === 'keys' ? provider.jwksUri : provider.external.issuer + OPENID_PATH;
      await whileTimePasses(lab, [slow], 200, async () => [await weatherWith(lab, token)]);
      const heldMs = Math.max(0, ...(await webEntries(lab)).map((entry) => entry.heldMs));
      return {
        breaches:
          heldMs > TOO_LONG_MS
            ? [`The server waited for a document for ${Math.round(heldMs / 1000)} seconds.`]
            : [],
        complaints: [],
      };
    },
  }),
];

/** Requests that nobody may make the server send, whatever the metadata name. */
async function askedWrongly(lab: LabSession): Promise<Findings['breaches']> {
  return (await webEntries(lab)).flatMap(({ url, address, inside }) => {
    const { protocol, username, password } = new URL(url);
    if (inside) return [`The server connected to ${address} for ${url}.`];
    const isPlain = protocol === 'https:' && username === '' && password === '';
    return isPlain ? [] : [`The server asked ${url}.`];
  });
}

export const openIdDiscovery = link(
  'OpenID Connect Discovery 1.0 §4',
  'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig',
);
