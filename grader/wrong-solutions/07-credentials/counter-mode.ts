import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const mistake = 'CTR needs no padding, and notices no change.';
export const caughtBy = [
  'env-cbc-bitflip',
  'env-iv-reuse',
  'env-record-swap',
  'env-short-tag',
  'env-unknown-version',
  'records-tell-nothing',
];

const about = (layer: string, { recordId, owner, provider }: CredentialIdentity): Buffer =>
  Buffer.from(JSON.stringify([layer, recordId, owner, provider]));

function encrypt(key: Buffer, text: Buffer, _aad: Buffer) {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-ctr', key, iv);
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return {
    encrypted: encrypted.toString('base64'),
    iv: iv.toString('base64'),
  };
}

interface Box {
  encrypted: string;
  iv: string;
}

function decrypt(key: Buffer, { encrypted, iv }: Box, _aad: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-ctr', key, Buffer.from(iv, 'base64'));
  return Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
}

export const createCredentialVault: CreateCredentialVault = (keys) => {
  const wrap = (dek: Buffer, identity: CredentialIdentity) => {
    const kekVersion = keys.currentVersion;
    const aad = about(`key ${kekVersion}`, identity);
    const { encrypted, iv } = encrypt(keys.key(kekVersion), dek, aad);
    return { kekVersion, encryptedDek: encrypted, dekIv: iv };
  };
  const unwrap = (sealed: SealedCredential, identity: CredentialIdentity) => {
    const { kekVersion, encryptedDek, dekIv } = sealed;
    const box = { encrypted: encryptedDek, iv: dekIv };
    return decrypt(keys.key(kekVersion), box, about(`key ${kekVersion}`, identity));
  };
  const open = (sealed: SealedCredential, identity: CredentialIdentity) =>
    decrypt(unwrap(sealed, identity), sealed, about('text', identity)).toString('utf8');

  return {
    seal(plaintext, identity) {
      const dek = randomBytes(32);
      const data = encrypt(dek, Buffer.from(plaintext), about('text', identity));
      return { ...wrap(dek, identity), ...data };
    },
    open,
    rewrap(sealed, identity) {
      open(sealed, identity);
      return { ...sealed, ...wrap(unwrap(sealed, identity), identity) };
    },
  };
};
