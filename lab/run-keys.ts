/** The authorization server's first signing key: made for one run, shared by lab and target, then gone. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { SigningKey } from '../exercises/weather-server/signing-keys.ts';

export interface RunKeys {
  privateJwk: JWK;
  keyId: string;
}

export async function makeRunKeys(): Promise<RunKeys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateJwk: await exportJWK(privateKey), keyId: randomUUID() };
}

export async function importRunKeys({ privateJwk, keyId }: RunKeys): Promise<SigningKey> {
  const { d: _secret, ...publicJwk } = privateJwk;
  return {
    keyId,
    algorithm: 'ES256',
    privateKey: (await importJWK(privateJwk, 'ES256')) as CryptoKey,
    publicJwk,
  };
}
