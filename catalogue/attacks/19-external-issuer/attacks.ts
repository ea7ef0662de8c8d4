/** Attacks on the trust in a provider that somebody else runs, and its ordinary use. */
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import type { LabReply, LabSession } from '../../../lab/protocol.ts';
import type { PublishedPage } from '../../../exercises/weather-server/world/web.ts';
import { link, rfc } from '../references.ts';
import { describeReply, PARIS } from '../replies.ts';
import { claimsOfTokens } from './claims.ts';
import { documents, openIdDiscovery } from './documents.ts';
import { keysAndOutages } from './keys-and-outages.ts';
import {
  hasRun,
  keySetOf,
  makeProvider,
  MINUTE_MS,
  mustServe,
  OAUTH_PATH,
  OPENID_PATH,
  openProvider,
  providerKey,
  weatherWith,
  whileTimePasses,
  whyNotServed,
  type Provider,
} from './provider.ts';
import { honestShapes, type HonestShape } from './shapes.ts';

const mcpDiscovery = link(
  'MCP, Authorization Server Metadata Discovery',
  'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#authorization-server-metadata-discovery',
);

/** Where issuers have their metadata, each in a place of its own. */
const PLACES: { path: string; at: string }[] = [
  { path: '', at: OAUTH_PATH },
  { path: '', at: OPENID_PATH },
  { path: '/', at: OPENID_PATH },
  { path: '/', at: OAUTH_PATH },
  { path: '/tenant-a', at: `${OAUTH_PATH}/tenant-a` },
  { path: '/tenant-a', at: `/tenant-a${OPENID_PATH}` },
  { path: '/tenant-a', at: `${OPENID_PATH}/tenant-a` },
  { path: '/realms/a/', at: `/realms/a${OPENID_PATH}` },
  { path: '/realms/a/', at: `${OAUTH_PATH}/realms/a` },
];

const TENANT_PLACES = PLACES.filter(({ path }) => path === '/tenant-a').map(({ at }) => at);

/** What else stands where metadata may be, with status 200. */
const NOT_OURS: Record<string, (provider: Provider) => unknown> = {
  'metadata of another issuer': ({ external, jwksUri }) => ({
    issuer: new URL(external.issuer).origin,
    jwks_uri: jwksUri,
  }),
  // RFC 8414 §2: `jwks_uri` is optional.
  'metadata without keys': ({ external }) => ({ issuer: external.issuer }),
  null: () => 'null',
};

/** What a provider answers that cannot say anything about its keys. */
const OUT_OF_ORDER: Record<string, PublishedPage> = {
  'an error': { status: 503, body: 'Service Unavailable' },
  'a page for people': {
    body: '<html>We are back soon</html>',
    headers: { 'content-type': 'text/html' },
  },
  'an error with status 200': { body: { error: 'temporarily_unavailable' } },
  nothing: { status: 200, body: '' },
  null: { status: 200, body: 'null' },
};

const uses: LegitimateUse[] = [
  {
    id: 'finds-metadata-everywhere',
    title: 'Metadata at each place where they may be',
    why: 'OAuth puts its well-known path in front of the issuer’s path, OpenID Connect behind it. Issuers may end in a slash, which is part of their name and not of the place.',
    lessonAnchor: 'where-the-metadata-are',
    references: [mcpDiscovery, rfc(8414, '3.1'), openIdDiscovery],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [index, { path, at }] of PLACES.entries()) {
        const provider = await openProvider(lab, { path, at: [at], host: `p${index}` });
        const what = `A token of ${provider.external.issuer} with its metadata at ${at}`;
        problems.push(...(await whyNotServed(lab, await provider.token(), what)));
      }
      for (const [index, at] of TENANT_PLACES.entries()) {
        for (const [other, body] of Object.entries(NOT_OURS)) {
          const path = '/tenant-a';
          const host = `n${index}-${other.length}`;
          const provider = await makeProvider(lab, { path, host });
          const rest = TENANT_PLACES.filter((place) => place !== at);
          await provider.publishMetadata(rest, {}, { body: body(provider) });
          await provider.publishMetadata([at]);
          await provider.publishKeys([provider.key]);
          await lab.trust(provider.external);
          const what = `A token of an issuer with its metadata at ${at}, and ${other} elsewhere,`;
          problems.push(...(await whyNotServed(lab, await provider.token(), what)));
        }
      }
      return problems;
    },
  },
  {
    id: 'reads-each-provider',
    title: 'A token of each kind of provider',
    why: 'Providers agree neither on the names of claims nor on their form. Whoever knows one shape only locks out the users of all others, or gives them no scopes.',
    lessonAnchor: 'what-each-provider-writes',
    references: [rfc(9068, '2.2'), rfc(7519, '4.1.3')],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      for (const [index, shape] of honestShapes.entries()) {
        problems.push(...(await whyMisread(lab, shape, index)));
      }
      return problems;
    },
  },
  {
    id: 'heals-after-rotation',
    title: 'A new key works',
    why: 'Providers change their keys, some every few hours. Servers that keep the old set answer 401 to everybody until somebody starts them again.',
    lessonAnchor: 'when-to-ask-again',
    references: [
      link(
        'mckinsey/agents-at-scale-ark 2568',
        'https://github.com/mckinsey/agents-at-scale-ark/pull/2568',
      ),
      link(
        'OpenID Connect Core 1.0 §10.1.1',
        'https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys',
      ),
    ],
    worksOnBaseline: true,
    async try(lab) {
      const provider = await openProvider(lab);
      await mustServe(lab, await provider.token(), 'A token by the first key');
      for (const name of ['second', 'third']) {
        await lab.advance(MINUTE_MS);
        const key = await providerKey(lab, name);
        // Some sign with a key a moment before they publish it.
        await weatherWith(lab, await provider.token({}, { key }), 'a key that comes too early');
        await provider.publishKeys([key]);
        await lab.advance(MINUTE_MS);
        const problem = await whyNotHealed(lab, provider, name);
        if (problem.length > 0) return problem;
      }
      const moved = new URL('/moved/keys', provider.jwksUri).href;
      await lab.publish(provider.jwksUri, { status: 404, body: '' });
      await lab.publish(moved, { body: keySetOf([await providerKey(lab, 'fourth')]) });
      await provider.publishMetadata([OPENID_PATH], { jwks_uri: moved });
      await lab.advance(MINUTE_MS);
      return whyNotHealed(lab, provider, 'fourth');
    },
  },
  {
    id: 'waits-for-one-answer',
    title: 'Several calls with a new key at once',
    why: 'While the server asks for the new key, further tokens by it come in. Nobody knows yet whether they are good, so that 401 would be wrong.',
    lessonAnchor: 'when-to-ask-again',
    references: [rfc(6750, '3.1'), rfc(9110, '15.6.4')],
    worksOnBaseline: true,
    async try(lab) {
      const provider = await openProvider(lab);
      await mustServe(lab, await provider.token(), 'A token by the first key');
      await lab.advance(MINUTE_MS);
      const key = await providerKey(lab, 'second');
      await provider.publishKeys([key], { answersAfter: 1_000 });
      const tokens = await Promise.all(
        Array.from({ length: 5 }, () => provider.token({}, { key })),
      );
      const replies = await whileTimePasses(lab, [provider.jwksUri], 30, () =>
        Promise.all(tokens.map((token) => weatherWith(lab, token))),
      );
      return replies
        .filter(({ status }) => status !== 200 && status !== 503)
        .map((reply) => `While the keys were asked for, it answered ${describeReply(reply)}`);
    },
  },
  {
    id: 'heals-in-a-flood',
    title: 'A new key works while unknown ones come in',
    why: 'A pause between questions that begins anew with each unknown key would let a stranger keep a new key out for ever.',
    lessonAnchor: 'when-to-ask-again',
    references: [
      link('giantswarm/mcp-oauth 452', 'https://github.com/giantswarm/mcp-oauth/pull/452'),
    ],
    worksOnBaseline: true,
    async try(lab) {
      const provider = await openProvider(lab);
      await mustServe(lab, await provider.token(), 'A token by the first key');
      const attacker = await providerKey(lab, 'attacker');
      const key = await providerKey(lab, 'second');
      for (let second = 0; second < 180; second += 5) {
        if (second === 60) await provider.publishKeys([key]);
        const kid = `unknown-${lab.nonce}-${second}`;
        const token = await provider.token({}, { key: attacker, header: { kid } });
        await weatherWith(lab, token, 'an unknown key');
        await lab.advance(5_000);
      }
      return whyNotServed(lab, await provider.token({}, { key }), 'A token by the new key');
    },
  },
  {
    id: 'serves-through-an-outage',
    title: 'Known keys serve while the provider is away',
    why: 'A key does not turn bad because the provider is being updated. For an hour the keys that are known go on, whatever the provider answers meanwhile, and then everything is as before.',
    lessonAnchor: 'when-nobody-answers',
    references: [rfc(5861, '4'), rfc(9111, '4.2.4')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [index, [what, page]] of Object.entries(OUT_OF_ORDER).entries()) {
        const provider = await openProvider(lab, { host: `o${index}` });
        await mustServe(lab, await provider.token(), 'A token of the provider');
        await provider.publishKeys([provider.key], page);
        if (index % 3 === 0) await provider.publishMetadata([OPENID_PATH], {}, page);
        for (const minutes of [5, 15, 20]) {
          await lab.advance(minutes * MINUTE_MS);
          const token = await provider.token();
          problems.push(...(await whyNotServed(lab, token, `In an outage (${what}), a known key`)));
        }
        await provider.publishMetadata([OPENID_PATH]);
        const next = await providerKey(lab, 'second');
        await provider.publishKeys([next]);
        await lab.advance(MINUTE_MS);
        problems.push(...(await whyNotHealed(lab, provider, 'second')));
      }
      return problems;
    },
  },
  {
    id: 'says-that-it-cannot-tell',
    title: '503 where nobody can say',
    why: 'With 401 a client throws a good token away and sends its user to sign in, at a provider that is away. 503 has it try again.',
    lessonAnchor: 'when-nobody-answers',
    references: [rfc(9110, '15.6.4'), rfc(6750, '3.1')],
    worksOnBaseline: false,
    async try(lab) {
      const away: PublishedPage = { status: 503, body: '' };
      const problems: string[] = [];
      const expect503 = (reply: LabReply, when: string): void => {
        if (reply.status !== 503) problems.push(`${when} it answered ${describeReply(reply)}`);
      };

      const never = await makeProvider(lab, { host: 'never' });
      await lab.trust(never.external);
      expect503(await weatherWith(lab, await never.token()), 'With a provider never heard of,');
      await never.publishMetadata([OPENID_PATH]);
      await never.publishKeys([never.key], { body: { error: 'soon' } });
      await lab.advance(MINUTE_MS);
      expect503(await weatherWith(lab, await never.token()), 'With a document that is no key set,');

      const provider = await openProvider(lab);
      await mustServe(lab, await provider.token(), 'A token of the provider');
      await provider.publishMetadata([OPENID_PATH], {}, away);
      await provider.publishKeys([provider.key], away);
      await lab.advance(MINUTE_MS);
      const key = await providerKey(lab, 'second');
      for (const when of ['For a key that may be new,', 'For it again, a moment later,']) {
        expect503(await weatherWith(lab, await provider.token({}, { key })), when);
      }
      await lab.advance(120 * MINUTE_MS);
      for (const when of ['After two hours without the provider,', 'A moment later,']) {
        expect503(await weatherWith(lab, await provider.token()), when);
      }
      return problems;
    },
  },
  {
    id: 'reads-large-key-sets',
    title: 'A long key set, with more than signing keys',
    why: 'Key sets hold certificate chains, keys for encryption, and types of key that a library does not know yet. All of that is in order.',
    lessonAnchor: 'how-a-document-is-fetched',
    references: [rfc(7517, '5')],
    worksOnBaseline: true,
    async try(lab) {
      const provider = await makeProvider(lab);
      const [own] = keySetOf([provider.key]).keys;
      const chain = Array.from({ length: 60 }, () => 'MIIB'.repeat(450));
      const keys = [
        { kty: 'AKP', alg: 'ML-DSA-65', kid: 'not-yet-known', pub: 'AAAA' },
        { kty: 'RSA', use: 'enc', alg: 'RSA-OAEP', kid: 'for-encryption', n: 'AQAB', e: 'AQAB' },
        { ...own, x5c: chain, x5t: 'fPls' },
        // RFC 7517 §4.5: keys of different types may share an id.
        { kty: 'RSA', use: 'enc', alg: 'RSA-OAEP', kid: own?.kid, n: 'AQAB', e: 'AQAB' },
      ];
      await provider.publishMetadata([OPENID_PATH]);
      await lab.publish(provider.jwksUri, { body: { keys } });
      await lab.trust(provider.external);
      return whyNotServed(lab, await provider.token(), 'A token by a key of a long set');
    },
  },
  {
    id: 'takes-keys-from-another-host',
    title: 'Keys at another host than the issuer',
    why: 'Some providers keep their keys elsewhere: the issuer accounts.google.com names www.googleapis.com.',
    lessonAnchor: 'how-a-document-is-fetched',
    references: [
      rfc(8414, '2'),
      link('Google’s metadata', 'https://accounts.google.com/.well-known/openid-configuration'),
    ],
    worksOnBaseline: true,
    async try(lab) {
      const provider = await makeProvider(lab);
      const problems: string[] = [];
      for (const origin of ['https://keys', 'HTTPS://Capitals']) {
        const elsewhere = `${origin}-${lab.nonce}.example/oauth2/v3/certs`;
        await provider.publishMetadata([OPENID_PATH], { jwks_uri: elsewhere });
        await lab.publish(elsewhere, { body: keySetOf([provider.key]) });
        await lab.trust(provider.external);
        const what = `A token with its key at ${elsewhere}`;
        problems.push(...(await whyNotServed(lab, await provider.token(), what)));
      }
      return problems;
    },
  },
  {
    id: 'asks-an-issuer-inside',
    title: 'A provider inside the network',
    why: 'A Keycloak of one’s own is often inside. The operator has named it, so that it is asked at its own origin whatever its address is.',
    lessonAnchor: 'how-a-document-is-fetched',
    references: [link('CWE-918', 'https://cwe.mitre.org/data/definitions/918.html')],
    worksOnBaseline: true,
    async try(lab) {
      const provider = await makeProvider(lab);
      const addresses = ['10.20.30.40'];
      await provider.publishMetadata([OPENID_PATH], {}, { addresses, outside: true });
      await provider.publishKeys([provider.key], { addresses, outside: true });
      await lab.trust(provider.external);
      return whyNotServed(lab, await provider.token(), 'A token of a provider inside');
    },
  },
];

/** Whether a new key works, at the latest after a pause. */
async function whyNotHealed(lab: LabSession, provider: Provider, name: string): Promise<string[]> {
  const key = await providerKey(lab, name);
  const first = await weatherWith(lab, await provider.token({}, { key }), 'a new key');
  if (await hasRun(lab, first)) return [];
  await lab.advance(MINUTE_MS);
  return whyNotServed(lab, await provider.token({}, { key }), 'A token by a new key');
}

/** What is wrong with how a token of this shape was read. */
async function whyMisread(lab: LabSession, shape: HonestShape, index: number): Promise<string[]> {
  const { name, kind, path, audience, algorithm } = shape;
  const at = [path.replace(/\/$/, '') + OPENID_PATH];
  const provider = await makeProvider(lab, {
    kind,
    path,
    host: `s${index}`,
    ...(audience === undefined ? {} : { audience }),
  });
  const key = await providerKey(lab, 'shape', algorithm);
  await provider.publishMetadata(at);
  await provider.publishKeys([key]);
  await lab.trust(provider.external);
  const { audience: aud, issuer } = provider.external;
  const token = await provider.token(shape.claims(aud, issuer), { key, header: shape.header });

  const read = await weatherWith(lab, token, `${name} reads`);
  if (!(await hasRun(lab, read))) {
    return [`A token of ${name} was not served: ${describeReply(read)}`];
  }
  const problems: string[] = [];
  const alert = { city: PARIS.city, text: 'Storm' };
  const saved = await lab.call('save_alert', alert, { token, label: `${name} saves` });
  if (!(await hasRun(lab, saved))) {
    problems.push(`A token of ${name} may write, and was refused: ${describeReply(saved)}`);
  }
  const listed = await lab.call('list_all_alerts', {}, { token, label: `${name} administers` });
  if (await hasRun(lab, listed)) problems.push(`A token of ${name} ran what it has no scope for.`);
  const lines = (await lab.tape()).filter(
    (entry) => entry.kind === 'audit' && entry.requestId === read.requestId,
  );
  const knowsClient = lines.some(
    (entry) => entry.kind === 'audit' && entry.line.includes(JSON.stringify(shape.client)),
  );
  if (!knowsClient) problems.push(`The audit line of a token of ${name} does not name its client.`);
  return problems;
}

export const catalogue: TopicCatalogue = {
  attacks: [...keysAndOutages, ...documents, ...claimsOfTokens],
  uses,
};
