import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const idea = 'IV, ciphertext and tag stand behind each other in one text for each layer.';

const about = (layer: string, { recordId, owner, provider }: CredentialIdentity): Buffer =>
  Buffer.from(JSON.stringify([layer, recordId, owner, provider]));

function encrypt(key: Buffer, text: Buffer, aad: Buffer) {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  cipher.setAAD(aad);
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([iv, encrypted, cipher.getAuthTag()]).toString('base64');
}

function decrypt(key: Buffer, text: string, aad: Buffer): Buffer {
  const box = Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(aad);
  decipher.setAuthTag(box.subarray(-16));
  return Buffer.concat([decipher.update(box.subarray(12, -16)), decipher.final()]);
}

export const createCredentialVault: CreateCredentialVault = (keys) => {
  const wrap = (dek: Buffer, identity: CredentialIdentity) => {
    const kekVersion = keys.currentVersion;
    const aad = about(`key ${kekVersion}`, identity);
    return { kekVersion, encryptedDek: encrypt(keys.key(kekVersion), dek, aad), dekIv: '' };
  };
  const unwrap = (sealed: SealedCredential, identity: CredentialIdentity) => {
    const { kekVersion, encryptedDek } = sealed;
    return decrypt(keys.key(kekVersion), encryptedDek, about(`key ${kekVersion}`, identity));
  };
  const open = (sealed: SealedCredential, identity: CredentialIdentity) =>
    decrypt(unwrap(sealed, identity), sealed.encrypted, about('text', identity)).toString('utf8');

  return {
    seal(plaintext, identity) {
      const dek = randomBytes(32);
      const encrypted = encrypt(dek, Buffer.from(plaintext), about('text', identity));
      return { ...wrap(dek, identity), encrypted, iv: '' };
    },
    open,
    rewrap(sealed, identity) {
      open(sealed, identity);
      return { ...sealed, ...wrap(unwrap(sealed, identity), identity) };
    },
  };
};
