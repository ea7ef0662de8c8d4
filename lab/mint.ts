/** Mints tokens to a recipe: valid ones, and every forgery of the catalogue. */
import { createHmac, randomUUID } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { createKeyRing } from '../exercises/weather-server/signing-keys.ts';
import type { TokenRecipe } from './protocol.ts';
import { decodeToken, type DecodedToken } from '../shared/decode-token.ts';
import { importRunKeys, type RunKeys } from './run-keys.ts';

export interface MintSettings {
  keys: RunKeys;
  issuer: string;
  resource: string;
  /** The out-of-band listener, for `{{oob}}`. */
  oob: string;
  /** Milliseconds since the epoch on the target's clock. */
  now: number;
  /** Subject of a token whose recipe names none. */
  subject: string;
}

export async function mint(recipe: TokenRecipe, settings: MintSettings): Promise<string> {
  const attacker = await attackerKey();
  const begun =
    (recipe.from === undefined ? undefined : decodeToken(recipe.from)) ??
    ordinaryToken(recipe, settings);
  const claims = without({ ...begun.claims, ...(fillIn(recipe.claims, settings) as object) });
  const header = without({
    ...begun.header,
    ...(fillIn(recipe.header, { ...settings, attackerJwk: attacker.publicJwk }) as object),
  });
  const token = await sign(header, claims, recipe, settings, attacker.privateKey);
  return afterwards(token, recipe, settings);
}

function ordinaryToken(recipe: TokenRecipe, settings: MintSettings): DecodedToken {
  const now = Math.floor(settings.now / 1000);
  return {
    header: { alg: 'ES256', typ: 'at+jwt', kid: settings.keys.keyId },
    claims: {
      iss: settings.issuer,
      sub: settings.subject,
      aud: settings.resource,
      client_id: 'workbook',
      scope: 'weather:read weather:write',
      jti: randomUUID(),
      iat: now,
      exp: recipe.expiresIn === null ? null : now + (recipe.expiresIn ?? 300),
      nbf: typeof recipe.notBeforeIn === 'number' ? now + recipe.notBeforeIn : null,
    },
  };
}

async function sign(
  header: Record<string, unknown>,
  claims: Record<string, unknown>,
  { signWith = 'server-key' }: TokenRecipe,
  { keys }: MintSettings,
  attackerKey: CryptoKey,
): Promise<string> {
  const signed = `${encode(header)}.${encode(claims)}`;
  if (typeof signWith === 'object') return `${signed}.${signWith.signature}`;
  switch (signWith) {
    case 'nothing':
      return `${signed}.`;
    case 'empty-secret':
    case 'public-key-pem':
    case 'public-key-pem-newline':
    case 'public-key-der':
    case 'public-key-jwk': {
      const secret = await publicKnowledge(keys, signWith);
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    }
    case 'attacker-key':
    case 'server-key': {
      const key = signWith === 'server-key' ? await serverKey(keys) : attackerKey;
      // Not by jose, which signs no header that it would not take itself.
      const bytes = new TextEncoder().encode(signed);
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes);
      return `${signed}.${Buffer.from(signature).toString('base64url')}`;
    }
  }
}

/** Imported once: it signs every token of a run. */
function serverKey(keys: RunKeys): Promise<CryptoKey> {
  let imported = serverKeys.get(keys);
  if (!imported) {
    imported = importJWK(keys.privateJwk, 'ES256') as Promise<CryptoKey>;
    serverKeys.set(keys, imported);
  }
  return imported;
}
const serverKeys = new WeakMap<RunKeys, Promise<CryptoKey>>();

/** Bytes anybody can have, which a careless verifier takes for a shared secret. */
async function publicKnowledge(keys: RunKeys, form: string): Promise<Buffer> {
  const ring = createKeyRing(await importRunKeys(keys));
  const [published] = ring.jwks().keys;
  if (form === 'empty-secret' || !published) return Buffer.alloc(0);
  if (form === 'public-key-jwk') return Buffer.from(JSON.stringify(published));
  const pem = (await exportSPKI(await importPublic(published))).trimEnd();
  if (form === 'public-key-der') {
    return Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  }
  return Buffer.from(form === 'public-key-pem' ? pem : `${pem}\n`);
}

const importPublic = async (jwk: JWK): Promise<CryptoKey> =>
  (await importJWK(jwk, 'ES256', { extractable: true })) as CryptoKey;

async function afterwards(
  token: string,
  recipe: TokenRecipe,
  settings: MintSettings,
): Promise<string> {
  const change = recipe.afterSigning;
  if (change === undefined) return token;
  const [header = '', payload = '', signature = ''] = token.split('.');
  switch (change) {
    case 'truncate-signature':
      return `${header}.${payload}.${signature.slice(0, -8)}`;
    case 'empty-signature':
      return `${header}.${payload}.`;
    case 'signature-of-another-token': {
      const other = await mint({}, settings);
      return `${header}.${payload}.${other.split('.')[2]}`;
    }
    default: {
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      return `${header}.${encode({ ...claims, ...change.setClaims })}.${signature}`;
    }
  }
}

let attacker: Promise<{ privateKey: CryptoKey; publicJwk: JWK }> | undefined;
function attackerKey(): Promise<{ privateKey: CryptoKey; publicJwk: JWK }> {
  return (attacker ??= generateKeyPair('ES256', { extractable: true }).then(
    async ({ privateKey, publicKey }) => ({ privateKey, publicJwk: await exportJWK(publicKey) }),
  ));
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const without = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined),
  );

/** A text that is nothing but a time: `{{now}}`, or seconds before or after it. */
const TIME = /^\{\{now(?:([+-])(\d{1,12}))?\}\}$/;

/**
 * Replaces `{{issuer}}`, `{{resource}}`, `{{oob}}`, `{{kid}}` in strings, `"{{attackerJwk}}"` by the
 * key, and `"{{now-60}}"` by a number of seconds.
 */
function fillIn(value: unknown, settings: MintSettings & { attackerJwk?: JWK }): unknown {
  if (value === '{{attackerJwk}}') return settings.attackerJwk;
  if (typeof value === 'string') {
    const time = TIME.exec(value);
    if (time) return Math.floor(settings.now / 1000) + Number(`${time[1] ?? ''}${time[2] ?? 0}`);
    return value
      .replaceAll('{{issuer}}', settings.issuer)
      .replaceAll('{{resource}}', settings.resource)
      .replaceAll('{{oob}}', settings.oob)
      .replaceAll('{{kid}}', settings.keys.keyId);
  }
  if (Array.isArray(value)) return value.map((member) => fillIn(member, settings));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, fillIn(member, settings)]),
    );
  }
  return value;
}
