/** Documents that are somebody else's, and credentials that another issuer gave out. */
import { z } from 'zod';
import type { KeptCredentials } from '../../../exercises/weather-server/controls.ts';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import { cwe, rfc, statelessMcp } from '../references.ts';
import {
  changes,
  filling,
  onlyBreaches,
  publishServer,
  signInAt,
  signsInHonestly,
  whatWentOut,
  type Changes,
} from './servers.ts';

const discovery = (anchor: string, title: string) =>
  statelessMcp('basic/authorization/authorization-server-discovery', anchor, title);

const documentsOf = {
  level: 'core',
  lessonAnchor: 'whose-documents-they-are',
  ordinaryUse: signsInHonestly,
} as const;

const kept = z.strictObject({
  server: z.string().max(200),
  issuer: z.string().max(200),
  clientId: z.string().max(200),
  clientSecret: z.string().max(200).optional(),
  refreshToken: z.string().max(200).optional(),
});

interface Kept {
  issuer: string;
  kept: z.infer<typeof kept>[];
}

/** What an honest issuer gave out for this very server, before the server named another one. */
const fromBefore = (secrets: Partial<KeptCredentials>): Kept['kept'][number] => ({
  server: '{{server}}',
  issuer: 'https://login-honest-{{nonce}}.example',
  clientId: 'client-of-another-{{nonce}}',
  ...secrets,
});

export const documents: Attack[] = [
  defineAttack<{ resource: Changes; challenge: string | null }>({
    ...documentsOf,
    id: 'hs-metadata-of-another-server',
    title: 'Metadata of another server',
    story:
      'The hostile server’s metadata say that they describe your bank, and name the bank’s own authorization server. The user signs in there, as always. The token that comes of it is good for the bank, and your client shows it to the hostile server.',
    secureAnswer: 'Metadata whose `resource` is not the server that was asked are not used.',
    references: [rfc(9728, '3.3'), rfc(9728, '7.3'), cwe(346, 'Origin Validation Error')],
    payload: z.strictObject({ resource: changes, challenge: z.string().max(200).nullable() }),
    variants: {
      'of another host': {
        resource: { resource: 'https://bank-{{nonce}}.example/mcp' },
        challenge: null,
      },
      'found at another host': {
        resource: { resource: 'https://bank-{{nonce}}.example/mcp' },
        challenge: 'https://bank-{{nonce}}.example/.well-known/oauth-protected-resource/mcp',
      },
      'of a neighbour on this host': {
        resource: { resource: 'https://mcp-a-{{nonce}}.example/another/mcp' },
        challenge: null,
      },
      'with ours in it': {
        resource: { resource: 'https://bank-{{nonce}}.example/?for={{server}}' },
        challenge: null,
      },
      'beginning like ours': { resource: { resource: '{{server}}-of-the-bank' }, challenge: null },
      'of a host that begins like ours': {
        resource: { resource: 'https://mcp-a-{{nonce}}.example.bank.example/mcp' },
        challenge: null,
      },
      'of another tenant, by its query': {
        resource: { resource: '{{server}}?tenant=bank' },
        challenge: null,
      },
      'of nobody': { resource: { resource: null }, challenge: null },
      'of several': {
        resource: { resource: ['{{server}}', 'https://bank-{{nonce}}.example/mcp'] },
        challenge: null,
      },
    },
    async fire({ resource, challenge }, lab) {
      const place = challenge?.replaceAll('{{nonce}}', lab.nonce);
      const { url } = await publishServer(lab, {
        resource,
        ...(place === undefined ? {} : { challenge: place }),
      });
      const { done } = await signInAt(lab, url);
      return onlyBreaches(whatWentOut(done));
    },
  }),

  defineAttack<{ metadata: Changes; path: string }>({
    ...documentsOf,
    id: 'hs-metadata-of-another-issuer',
    title: 'Metadata of another issuer',
    story:
      'What is found for the authorization server calls itself by another name, that of one whom your client trusts. Its endpoints are the attacker’s. Whatever the client does from now on in the name of that issuer, it does with the attacker.',
    secureAnswer:
      'Metadata whose `issuer` is not the one that was asked, character by character, are not used.',
    references: [
      rfc(8414, '3.3'),
      discovery('authorization-server-metadata-discovery', 'Authorization Server Metadata'),
      cwe(346, 'Origin Validation Error'),
    ],
    payload: z.strictObject({ metadata: changes, path: z.string().max(100) }),
    variants: {
      'of an honest one': {
        metadata: { issuer: 'https://login-honest-{{nonce}}.example' },
        path: '',
      },
      'with a slash more': { metadata: { issuer: '{{issuer}}/' }, path: '' },
      'in capitals': { metadata: { issuer: 'HTTPS://login-a-{{nonce}}.example' }, path: '' },
      'with its port': { metadata: { issuer: '{{issuer}}:443' }, path: '' },
      'of the whole host': {
        metadata: { issuer: 'https://login-a-{{nonce}}.example' },
        path: '/tenant-a',
      },
      'of another tenant': {
        metadata: { issuer: 'https://login-a-{{nonce}}.example/tenant-b' },
        path: '/tenant-a',
      },
      'beginning like the one that was asked': { metadata: { issuer: '{{issuer}}-b' }, path: '' },
      'of nobody': { metadata: { issuer: null }, path: '' },
      'of several': {
        metadata: { issuer: ['{{issuer}}', 'https://login-honest-{{nonce}}.example'] },
        path: '',
      },
    },
    async fire({ metadata, path }, lab) {
      const issuer = `https://login-a-${lab.nonce}.example${path}`;
      const { url } = await publishServer(lab, { issuer, metadata });
      const { done } = await signInAt(lab, url);
      return onlyBreaches(whatWentOut(done));
    },
  }),

  defineAttack<{ metadata: Changes }>({
    ...documentsOf,
    id: 'hs-no-pkce',
    title: 'Codes that are good for anybody',
    story:
      'The authorization server does not know PKCE, or only its plain method. A code that somebody reads along the way can be redeemed by them, or slipped into another sign-in, and the challenge that your client sends helps nothing.',
    secureAnswer:
      'Nothing is opened unless S256 is among the methods. The member’s absence means that there are none.',
    references: [
      statelessMcp(
        'basic/authorization/security-considerations',
        'authorization-code-protection',
        'Authorization Code Protection',
      ),
      rfc(7636, '4.2'),
    ],
    payload: z.strictObject({ metadata: changes }),
    variants: {
      'no word about it': { metadata: { code_challenge_methods_supported: null } },
      'no method': { metadata: { code_challenge_methods_supported: [] } },
      'plain only': { metadata: { code_challenge_methods_supported: ['plain'] } },
      'a method like it': { metadata: { code_challenge_methods_supported: ['S256-soon', 's256'] } },
      'a text in place of a list': {
        metadata: { code_challenge_methods_supported: 'not S256, plain' },
      },
    },
    async fire({ metadata }, lab) {
      const { url } = await publishServer(lab, { metadata });
      const { done } = await signInAt(lab, url);
      return onlyBreaches(whatWentOut(done));
    },
  }),

  defineAttack<Kept>({
    id: 'hs-credentials-of-another-issuer',
    title: 'Credentials that another issuer gave out',
    level: 'core',
    story:
      'Your client has been signed in at this server for weeks. Today its metadata name another authorization server, the attacker’s. What the client kept for the server goes there: its secret, and the refresh token, without a browser being opened.',
    secureAnswer:
      'Credentials are found by the issuer that gave them out. For another issuer there are none: the client goes as a new one, or says so.',
    lessonAnchor: 'credentials-belong-to-an-issuer',
    references: [
      statelessMcp(
        'basic/authorization/client-registration',
        'authorization-server-binding',
        'Authorization Server Binding',
      ),
      cwe(522, 'Insufficiently Protected Credentials'),
    ],
    payload: z.strictObject({ issuer: z.string().max(200), kept: z.array(kept).max(5) }),
    ordinaryUse: signsInHonestly,
    variants: {
      'a refresh token': {
        issuer: 'https://login-evil-{{nonce}}.example',
        kept: [fromBefore({ refreshToken: 'refresh-{{nonce}}' })],
      },
      'a client secret': {
        issuer: 'https://login-evil-{{nonce}}.example',
        kept: [fromBefore({ clientSecret: 'secret-{{nonce}}' })],
      },
      'a client id': { issuer: 'https://login-evil-{{nonce}}.example', kept: [fromBefore({})] },
      'of an issuer with a slash less': {
        issuer: 'https://login-honest-{{nonce}}.example/',
        kept: [fromBefore({ clientSecret: 'secret-{{nonce}}' })],
      },
      'of another tenant': {
        issuer: 'https://login-{{nonce}}.example/evil',
        kept: [
          fromBefore({
            issuer: 'https://login-{{nonce}}.example/honest',
            refreshToken: 'refresh-{{nonce}}',
          }),
        ],
      },
      'of an issuer that this one begins like': {
        issuer: 'https://login-honest-{{nonce}}.example.evil.example',
        kept: [fromBefore({ refreshToken: 'refresh-{{nonce}}' })],
      },
      'of several': {
        issuer: 'https://login-evil-{{nonce}}.example',
        kept: [
          fromBefore({
            server: 'https://mcp-other-{{nonce}}.example/mcp',
            clientId: 'another-client-of-another-{{nonce}}',
          }),
          fromBefore({ clientSecret: 'secret-{{nonce}}', refreshToken: 'refresh-{{nonce}}' }),
        ],
      },
    },
    async fire(given, lab) {
      const server = `https://mcp-a-${lab.nonce}.example/mcp`;
      const issuer = given.issuer.replaceAll('{{nonce}}', lab.nonce);
      const { url } = await publishServer(lab, { server, issuer });
      const fill = filling(lab, { server, issuer });
      const credentials = given.kept.map((one) => fill(one) as KeptCredentials);
      const { done } = await signInAt(lab, url, { kept: credentials });
      const secrets = credentials
        .filter((one) => one.issuer !== issuer)
        .flatMap(({ clientId, clientSecret, refreshToken }) => [
          clientId,
          clientSecret,
          refreshToken,
        ])
        .filter((secret) => secret !== undefined);
      const breaches = done.flatMap((entry) => {
        const texts =
          entry.kind === 'opened' ? [entry.address] : entry.kind === 'sent' ? entry.carried : [];
        const told = secrets.find((secret) => texts.some((text) => text.includes(secret)));
        return told === undefined ? [] : [`The client showed ${told} to ${issuer}.`];
      });
      return onlyBreaches(breaches);
    },
  }),
];
