import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'AES key wrap for the data key (RFC 3394), which needs no IV and takes no additional data: the ciphertext says whose it is, and a rotation opens it to see.';

/** RFC 3394 §2.2.3.1. */
const WRAP_IV = Buffer.alloc(8, 0xa6);

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
  const wrap = (dek: Buffer) => {
    const kekVersion = keys.currentVersion;
    const cipher = createCipheriv('id-aes256-wrap', keys.key(kekVersion), WRAP_IV);
    const encryptedDek = Buffer.concat([cipher.update(dek), cipher.final()]).toString('base64');
    return { kekVersion, encryptedDek, dekIv: WRAP_IV.toString('base64') };
  };
  const unwrap = ({ kekVersion, encryptedDek }: SealedCredential) => {
    const decipher = createDecipheriv('id-aes256-wrap', keys.key(kekVersion), WRAP_IV);
    return Buffer.concat([decipher.update(encryptedDek, 'base64'), decipher.final()]);
  };
  const open = (sealed: SealedCredential, identity: CredentialIdentity) =>
    decrypt(unwrap(sealed), sealed, about('text', identity)).toString('utf8');

  return {
    seal(plaintext, identity) {
      const dek = randomBytes(32);
      const data = encrypt(dek, Buffer.from(plaintext), about('text', identity));
      return { ...wrap(dek), ...data };
    },
    open,
    rewrap(sealed, identity) {
      open(sealed, identity);
      return { ...sealed, ...wrap(unwrap(sealed)) };
    },
  };
};
