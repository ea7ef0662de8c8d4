/** The signing keys of the servers in this process. */
import type { JSONWebKeySet } from 'jose';
import {
  createKeyRing,
  type KeyRing,
  type SigningKey,
} from '../../exercises/weather-server/signing-keys.ts';
import { importRunKeys, type RunKeys } from '../run-keys.ts';

let firstKey: SigningKey;

export async function takeKeys(keys: RunKeys): Promise<void> {
  firstKey = await importRunKeys(keys);
}

/** A ring of its own: hours pass here, and must not pass for the next firing's server. */
export const newKeyRing = (): KeyRing => createKeyRing(firstKey);

/** What the servers here publish: a key that all of them have withdrawn is not served either. */
export function publicKeys(rings: KeyRing[]): JSONWebKeySet['keys'] {
  const published = rings.length > 0 ? rings : [newKeyRing()];
  const all = published.flatMap((ring) => ring.jwks().keys);
  return [...new Map(all.map((key) => [key.kid, key])).values()];
}
