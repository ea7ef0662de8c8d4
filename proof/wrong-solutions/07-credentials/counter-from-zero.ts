import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'IVs count up from zero, and a process that starts again begins with the same ones.';
export const caughtBy = ['env-iv-reuse'];

const about = (layer: string, { recordId, owner, provider }: CredentialIdentity): Buffer =>
  Buffer.from(JSON.stringify([layer, recordId, owner, provider]));

function encrypt(key: Buffer, iv: Buffer, text: Buffer, aad: Buffer) {
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

const countedIv = (count: number): Buffer => {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(count, 8);
  return iv;
};

export const createCredentialVault: CreateCredentialVault = (keys) => {
  let count = 0;
  const wrap = (dek: Buffer, identity: CredentialIdentity) => {
    const kekVersion = keys.currentVersion;
    const aad = about(`key ${kekVersion}`, identity);
    const { encrypted, iv, tag } = encrypt(keys.key(kekVersion), countedIv(count++), dek, aad);
    return { kekVersion, encryptedDek: encrypted, dekIv: iv, dekTag: tag };
  };
  const unwrap = (sealed: SealedCredential, identity: CredentialIdentity) => {
    const { kekVersion, encryptedDek, dekIv, dekTag } = sealed;
    const box = { encrypted: encryptedDek, iv: dekIv, tag: dekTag };
    return decrypt(keys.key(kekVersion), box, about(`key ${kekVersion}`, identity));
  };
  const open = (sealed: SealedCredential, identity: CredentialIdentity) =>
    decrypt(unwrap(sealed, identity), sealed, about('text', identity)).toString('utf8');

  return {
    seal(plaintext, identity) {
      const dek = randomBytes(32);
      const data = encrypt(
        dek,
        countedIv(count++),
        Buffer.from(plaintext),
        about('text', identity),
      );
      return { ...wrap(dek, identity), ...data };
    },
    open,
    rewrap(sealed, identity) {
      open(sealed, identity);
      return { ...sealed, ...wrap(unwrap(sealed, identity), identity) };
    },
  };
};
