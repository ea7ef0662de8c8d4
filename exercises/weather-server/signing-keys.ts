/** The authorization server's signing keys: one that signs, and the one before it, still published. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type CryptoKey, type JSONWebKeySet, type JWK } from 'jose';

const ALGORITHM = 'ES256';
const ROTATE_AFTER_MS = 24 * 60 * 60_000;

export interface SigningKey {
  keyId: string;
  algorithm: typeof ALGORITHM;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

export interface KeyRing {
  /** The key to sign with now. */
  current(): Promise<SigningKey>;
  /** The public keys that tokens of the last day may have been signed with (RFC 7517 §5). */
  jwks(): JSONWebKeySet;
}

export async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const publicJwk = await exportJWK(publicKey);
  return { keyId: randomUUID(), algorithm: ALGORITHM, privateKey, publicJwk };
}

/**
 * Rotates once a day, when a key is asked for. A key stays published for as long again after it was
 * replaced, many times the life of a token, so no token outlives the key that verifies it.
 */
export function createKeyRing(first: SigningKey): KeyRing {
  let keys: SigningKey[] = [first];
  let published = publish(keys);
  let since = Date.now();
  let rotation: Promise<void> | undefined;

  async function rotate(): Promise<void> {
    const next = await makeSigningKey();
    // Two days later, the key that was current is not needed for any token either.
    const isStale = Date.now() - since >= 2 * ROTATE_AFTER_MS;
    keys = isStale ? [next] : [next, ...keys.slice(0, 1)];
    published = publish(keys);
    since = Date.now();
  }

  return {
    async current() {
      if (Date.now() - since >= ROTATE_AFTER_MS) {
        await (rotation ??= rotate().finally(() => (rotation = undefined)));
      }
      return keys[0] ?? first;
    },
    jwks: () => published,
  };
}

const publish = (keys: SigningKey[]): JSONWebKeySet => ({
  keys: keys.map(({ publicJwk, keyId, algorithm }) => ({
    ...publicJwk,
    kid: keyId,
    alg: algorithm,
    use: 'sig',
  })),
});
