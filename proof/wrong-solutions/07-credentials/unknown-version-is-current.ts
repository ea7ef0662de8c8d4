import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  ParseKeyEncryptionKeys,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';
import { parseKeyEncryptionKeys as parseStrictly } from '../../../solutions/07-credentials/key-encryption-keys.ts';

export const mistake =
  'A version that is not known gets the current key, and nothing binds the version to the record.';
export const caughtBy = ['env-unknown-version'];

export const parseKeyEncryptionKeys: ParseKeyEncryptionKeys = (text) => {
  const keys = parseStrictly(text);
  const key = (version: string) => {
    try {
      return keys.key(version);
    } catch {
      return keys.key(keys.currentVersion);
    }
  };
  return { currentVersion: keys.currentVersion, key };
};

const about = (layer: string, { recordId, owner, provider }: CredentialIdentity): Buffer =>
  Buffer.from(JSON.stringify([layer, recordId, owner, provider]));

function encrypt(key: Buffer, text: Buffer, aad: Buffer) {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  cipher.setAAD(aad);
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return {
    encrypted: encrypted.toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

interface Box {
  encrypted: string;
  iv: string;
  tag?: string | undefined;
}

function decrypt(key: Buffer, { encrypted, iv, tag = '' }: Box, aad: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAAD(aad);
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
}

export const createCredentialVault: CreateCredentialVault = (keys) => {
  const wrap = (dek: Buffer, identity: CredentialIdentity) => {
    const kekVersion = keys.currentVersion;
    const aad = about('key', identity);
    const { encrypted, iv, tag } = encrypt(keys.key(kekVersion), dek, aad);
    return { kekVersion, encryptedDek: encrypted, dekIv: iv, dekTag: tag };
  };
  const unwrap = (sealed: SealedCredential, identity: CredentialIdentity) => {
    const { kekVersion, encryptedDek, dekIv, dekTag } = sealed;
    const box = { encrypted: encryptedDek, iv: dekIv, tag: dekTag };
    return decrypt(keys.key(kekVersion), box, about('key', identity));
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
