import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'HKDF makes a wrapping key for each record from the KEK, a salt and the identity; who asks in another name gets another key.';

/** Every key is used once. */
const IV = Buffer.alloc(12);

const about = (layer: string, { recordId, owner, provider }: CredentialIdentity): Buffer =>
  Buffer.from(JSON.stringify([layer, recordId, owner, provider]));

function encrypt(key: Buffer, text: Buffer, aad: Buffer) {
  const cipher = createCipheriv('aes-256-gcm', key, IV, { authTagLength: 16 });
  cipher.setAAD(aad);
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return {
    encrypted: encrypted.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

interface Box {
  encrypted: string;
  tag?: string | undefined;
}

function decrypt(key: Buffer, { encrypted, tag = '' }: Box, aad: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, IV, {
    authTagLength: 16,
  });
  decipher.setAAD(aad);
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
}

export const createCredentialVault: CreateCredentialVault = (keys) => {
  const wrappingKey = (version: string, salt: Buffer, identity: CredentialIdentity) =>
    Buffer.from(hkdfSync('sha256', keys.key(version), salt, about(version, identity), 32));
  const wrap = (dek: Buffer, identity: CredentialIdentity) => {
    const kekVersion = keys.currentVersion;
    const salt = randomBytes(32);
    const key = wrappingKey(kekVersion, salt, identity);
    const { encrypted, tag } = encrypt(key, dek, salt);
    return { kekVersion, encryptedDek: encrypted, dekIv: salt.toString('base64'), dekTag: tag };
  };
  const unwrap = (sealed: SealedCredential, identity: CredentialIdentity) => {
    const salt = Buffer.from(sealed.dekIv, 'base64');
    const box = { encrypted: sealed.encryptedDek, tag: sealed.dekTag };
    return decrypt(wrappingKey(sealed.kekVersion, salt, identity), box, salt);
  };
  const open = (sealed: SealedCredential, identity: CredentialIdentity) =>
    decrypt(unwrap(sealed, identity), sealed, about('text', identity)).toString('utf8');

  return {
    seal(plaintext, identity) {
      const dek = randomBytes(32);
      const data = encrypt(dek, Buffer.from(plaintext), about('text', identity));
      return { ...wrap(dek, identity), ...data, iv: '' };
    },
    open,
    rewrap(sealed, identity) {
      open(sealed, identity);
      return { ...sealed, ...wrap(unwrap(sealed, identity), identity) };
    },
  };
};
