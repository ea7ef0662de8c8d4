/**
 * The keys of whoever signs completion records: asymmetric ones only, since everybody who can check
 * a shared secret can also sign with it.
 */
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { projectFolder } from '../../shared/project-path.ts';

export interface SigningKey {
  key: KeyObject;
  /** The one algorithm that goes with the key, whatever a record says about itself. */
  alg: 'ES256' | 'EdDSA';
  /** RFC 7638 thumbprint of the public half. */
  kid: string;
}

/** A key that cannot be used. The message says what it is instead, and never what is in it. */
export class KeyProblem extends Error {
  override readonly name = 'KeyProblem';
}

/** @param text a JWK, or PEM (PKCS #8) */
export async function readPrivateKey(text: string): Promise<SigningKey> {
  return withAlgorithm(parsed(text, createPrivateKey, 'a private key'));
}

/** @param text a JWK, or PEM (SPKI) */
export async function readPublicKey(text: string): Promise<SigningKey> {
  if (holdsPrivateKey(text)) {
    throw new KeyProblem(
      'That is a private key. Check with its public half, and keep the private one to yourself.',
    );
  }
  return withAlgorithm(parsed(text, createPublicKey, 'a public key'));
}

/** Makes a pair of files in a new folder; a folder that is there already stays, and the call fails. */
export async function makeKeys(
  folder: string,
): Promise<{ privateFile: string; publicFile: string }> {
  requireOutside(folder);
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = await calculateJwkThumbprint(publicKey);
  const privateFile = path.join(folder, 'private-key.json');
  const publicFile = path.join(folder, 'public-key.json');
  mkdirSync(path.dirname(path.resolve(folder)), { recursive: true });
  mkdirSync(folder, { mode: 0o700 });
  const write = (file: string, jwk: object, mode: number): void => {
    const text = `${JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' }, null, 2)}\n`;
    writeFileSync(file, text, { mode, flag: 'wx' });
  };
  write(privateFile, await exportJWK(privateKey), 0o600);
  write(publicFile, await exportJWK(publicKey), 0o644);
  return { privateFile, publicFile };
}

/**
 * A private key has no place in the workbook: code of learners runs there, and folders are handed on.
 *
 * @param place of the key; links are followed
 * @throws KeyProblem
 */
export function requireOutside(place: string): void {
  const inside = path.relative(realPlace(projectFolder), realPlace(place));
  const isOutside = inside.startsWith('..') || path.isAbsolute(inside);
  if (isOutside) return;
  throw new KeyProblem(
    `${place} lies in the workbook, where exercises run and which is handed on. Keep keys elsewhere.`,
  );
}

/** With the links on the way to it followed, though it need not be there. */
function realPlace(place: string): string {
  const absolute = path.resolve(place);
  const parent = path.dirname(absolute);
  if (existsSync(absolute) || parent === absolute) return realpathSync(absolute);
  return path.join(realPlace(parent), path.basename(absolute));
}

type KeyInput = { key: string; format: 'pem' } | { key: JsonWebKey; format: 'jwk' };

function parsed(text: string, parse: (input: KeyInput) => KeyObject, what: string): KeyObject {
  try {
    return isJwk(text)
      ? parse({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
      : parse({ key: text, format: 'pem' });
  } catch {
    throw new KeyProblem(`That is not ${what}: neither a JWK of one, nor PEM.`);
  }
}

async function withAlgorithm(key: KeyObject): Promise<SigningKey> {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const isP256 = type === 'ec' && details?.namedCurve === 'prime256v1';
  if (!isP256 && type !== 'ed25519') {
    throw new KeyProblem('Only P-256 (ES256) and Ed25519 (EdDSA) keys sign records.');
  }
  const kid = await calculateJwkThumbprint(publicHalf(key).export({ format: 'jwk' }));
  return { key, alg: isP256 ? 'ES256' : 'EdDSA', kid };
}

const publicHalf = (key: KeyObject): KeyObject =>
  key.type === 'private' ? createPublicKey(key) : key;

const isJwk = (text: string): boolean => text.trimStart().startsWith('{');

const holdsPrivateKey = (text: string): boolean =>
  isJwk(text) ? /"d"\s*:/.test(text) : text.includes('PRIVATE KEY-----');
