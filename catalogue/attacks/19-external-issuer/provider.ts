/** A provider of somebody else's, as attacks need it: on the web of the lab, with keys of its own. */
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import type { ExternalIssuer, ProviderKind } from '../../../exercises/weather-server/controls.ts';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import type { PublishedPage } from '../../../exercises/weather-server/world/web.ts';
import type { Findings } from '../../../lab/attack.ts';
import { StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import { describeReply, PARIS, succeeded } from '../replies.ts';

export type WebEntry = Extract<TapeEntry, { kind: 'web' }>;

/** Longer than any pause between two questions. */
export const MINUTE_MS = 60_000;

const TOKEN_LIFETIME_S = 300;

export interface ProviderKey {
  kid: string;
  algorithm: 'ES256' | 'RS256';
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** Made once a run, and given another name in each firing. */
const keyPairs = new Map<string, Promise<Omit<ProviderKey, 'kid'>>>();

export async function providerKey(
  lab: LabSession,
  name: string,
  algorithm: ProviderKey['algorithm'] = 'ES256',
): Promise<ProviderKey> {
  const known = keyPairs.get(name + algorithm) ?? makeKeyPair(algorithm);
  keyPairs.set(name + algorithm, known);
  return { ...(await known), kid: `${name}-${lab.nonce}` };
}

async function makeKeyPair(algorithm: ProviderKey['algorithm']): Promise<Omit<ProviderKey, 'kid'>> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  return { algorithm, privateKey, publicJwk: await exportJWK(publicKey) };
}

export const keySetOf = (keys: ProviderKey[]): { keys: JWK[] } => ({
  keys: keys.map(({ kid, algorithm, publicJwk }) => ({
    ...publicJwk,
    kid,
    alg: algorithm,
    use: 'sig',
  })),
});

interface ProviderSettings {
  kind?: ProviderKind;
  /** Of the issuer, behind its host. */
  path?: string;
  /** What the provider calls this server, if not by its resource. */
  audience?: string;
  /** A host of its own for each provider of one firing. */
  host?: string;
  /** Where a provider that is as it should be has its metadata. */
  at?: string[];
}

export interface Provider {
  external: ExternalIssuer;
  jwksUri: string;
  key: ProviderKey;
  /** Puts its metadata at these paths of its host. */
  publishMetadata(paths: string[], members?: object, page?: PublishedPage): Promise<void>;
  publishKeys(keys: ProviderKey[], page?: PublishedPage): Promise<void>;
  /** An access token of the kind that RFC 9068 describes, unless claims and header say otherwise. */
  token(claims?: JWTPayload, how?: { key?: ProviderKey; header?: object }): Promise<string>;
  /** How often the server has asked for the document that it has asked for most often. */
  mostAsked(): Promise<number>;
}

export const OAUTH_PATH = '/.well-known/oauth-authorization-server';
export const OPENID_PATH = '/.well-known/openid-configuration';

/** A provider with nothing published yet, and nobody trusts it. */
export async function makeProvider(
  lab: LabSession,
  { kind = 'rfc9068', path = '', audience, host = 'id' }: ProviderSettings = {},
): Promise<Provider> {
  const origin = `https://${host}-${lab.nonce}.example`;
  const issuer = origin + path;
  const jwksUri = `${origin}/keys`;
  const key = await providerKey(lab, 'first');
  return {
    external: { issuer, kind, audience: audience ?? lab.config.resource },
    jwksUri,
    key,
    async publishMetadata(paths, members = {}, page = {}) {
      const body = { issuer, jwks_uri: jwksUri, response_types_supported: ['code'], ...members };
      for (const one of paths) await lab.publish(origin + one, { body, ...page });
    },
    publishKeys: (keys, page = {}) => lab.publish(jwksUri, { body: keySetOf(keys), ...page }),
    token: (claims = {}, { key: signer = key, header = {} } = {}) => {
      const now = Math.floor(lab.now() / 1000);
      return new SignJWT({
        iss: issuer,
        aud: audience ?? lab.config.resource,
        sub: `user-${lab.nonce}`,
        client_id: 'desktop',
        scope: 'weather:read weather:write',
        jti: `${lab.nonce}-${++tokensMade}`,
        iat: now,
        exp: now + TOKEN_LIFETIME_S,
        ...claims,
      })
        .setProtectedHeader({ alg: signer.algorithm, kid: signer.kid, typ: 'at+jwt', ...header })
        .sign(signer.privateKey);
    },
    async mostAsked() {
      const asked = new Map<string, number>();
      for (const { url } of await webEntries(lab)) asked.set(url, (asked.get(url) ?? 0) + 1);
      return Math.max(0, ...asked.values());
    },
  };
}
let tokensMade = 0;

/** A provider that is as it should be, and that this server trusts. */
export async function openProvider(
  lab: LabSession,
  settings: ProviderSettings = {},
): Promise<Provider> {
  const provider = await makeProvider(lab, settings);
  await provider.publishMetadata(settings.at ?? [OPENID_PATH]);
  await provider.publishKeys([provider.key]);
  await lab.trust(provider.external);
  return provider;
}

export const webEntries = async (lab: LabSession): Promise<WebEntry[]> =>
  (await lab.tape()).filter((entry): entry is WebEntry => entry.kind === 'web');

export const weatherWith = (lab: LabSession, token: string, label?: string): Promise<LabReply> =>
  lab.call('get_weather', PARIS, { token, ...(label === undefined ? {} : { label }) });

/** What is wrong with the answer to a token that is as it should be. */
export async function whyNotServed(
  lab: LabSession,
  token: string,
  what: string,
): Promise<string[]> {
  const reply = await weatherWith(lab, token, what);
  return (await hasRun(lab, reply)) ? [] : [`${what} was not served: ${describeReply(reply)}`];
}

/** For steps of an attack that work for anybody. */
export async function mustServe(lab: LabSession, token: string, what: string): Promise<void> {
  const [problem] = await whyNotServed(lab, token, what);
  if (problem !== undefined) throw new StepFailed(problem);
}

export const hasRun = async (lab: LabSession, reply: LabReply): Promise<boolean> =>
  succeeded(reply) && (await lab.executions([reply])).length > 0;

/** Before and after each attack: a server that trusts nobody is not a secure one. */
export async function acceptsProvider(lab: LabSession): Promise<string[]> {
  const provider = await openProvider(lab, { host: 'honest' });
  return whyNotServed(lab, await provider.token(), 'A token of a provider');
}

/** What came of a token that nobody should take, for a tool without arguments or the weather. */
export async function tryToken(
  lab: LabSession,
  token: string,
  what: string,
  tool: 'get_weather' | 'list_all_alerts' = 'get_weather',
): Promise<Findings> {
  const args = tool === 'get_weather' ? PARIS : {};
  const reply = await lab.call(tool, args, { token, label: what });
  const ran = (await lab.executions([reply])).length > 0;
  const isRefused = reply.status === 401 || reply.status === 403;
  return {
    breaches: ran ? [`The server ran ${tool} for ${what}.`] : [],
    complaints:
      ran || isRefused
        ? []
        : [
            `A token that is not good here is refused with 401; it answered ${describeReply(reply)}`,
          ],
  };
}

/** At so many looks that the request was under way; then so many seconds pass on the server's clock. */
const LOOKS = 200;

/** Waits for an answer while time passes on the server's clock, once it has asked for `url`. */
export async function whileTimePasses(
  lab: LabSession,
  urls: string[],
  seconds: number,
  work: () => Promise<LabReply[]>,
): Promise<LabReply[]> {
  const progress = { over: false };
  const before = (await webEntries(lab)).length;
  const pending = work().finally(() => (progress.over = true));
  const hasBegun = async (): Promise<boolean> =>
    (await webEntries(lab)).slice(before).some(({ url }) => urls.includes(url));
  for (let look = 0; look < LOOKS && !progress.over && !(await hasBegun()); look++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (let second = 0; second < seconds && !progress.over; second++) await lab.advance(1_000);
  return pending;
}
