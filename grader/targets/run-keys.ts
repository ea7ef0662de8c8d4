/** The authorization server's signing key: made for one run, shared by lab and target, then gone. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { SigningKeys } from '../../exercises/weather-server/authorization-server.ts';

export interface RunKeys {
  privateJwk: JWK;
  keyId: string;
}

export async function makeRunKeys(): Promise<RunKeys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateJwk: await exportJWK(privateKey), keyId: randomUUID() };
}

export async function importRunKeys({ privateJwk, keyId }: RunKeys): Promise<SigningKeys> {
  const { d: _secret, ...publicJwk } = privateJwk;
  return {
    privateKey: (await importJWK(privateJwk, 'ES256')) as CryptoKey,
    keyId,
    algorithm: 'ES256',
    jwks: { keys: [{ ...publicJwk, kid: keyId, alg: 'ES256', use: 'sig' }] },
  };
}
