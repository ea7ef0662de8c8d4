import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The identity stands in front of the credential, inside the ciphertext, and is compared when it is opened; a rotation opens the record too.';

const about = ({ recordId, owner, provider }: CredentialIdentity): string =>
  JSON.stringify([recordId, owner, provider]);

function encrypt(key: Buffer, text: Buffer) {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
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

function decrypt(key: Buffer, { encrypted, iv, tag = '' }: Box): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
}

export const createCredentialVault: CreateCredentialVault = (keys) => {
  const wrap = (dek: Buffer) => {
    const kekVersion = keys.currentVersion;
    const { encrypted, iv, tag } = encrypt(keys.key(kekVersion), dek);
    return { kekVersion, encryptedDek: encrypted, dekIv: iv, dekTag: tag };
  };
  const unwrap = (sealed: SealedCredential) => {
    const { kekVersion, encryptedDek, dekIv, dekTag } = sealed;
    const box = { encrypted: encryptedDek, iv: dekIv, tag: dekTag };
    return decrypt(keys.key(kekVersion), box);
  };
  const open = (sealed: SealedCredential, identity: CredentialIdentity) => {
    const inside: unknown = JSON.parse(decrypt(unwrap(sealed), sealed).toString('utf8'));
    const { of, plaintext } = inside as { of: string; plaintext: string };
    if (of !== about(identity)) throw new Error('This record is not theirs.');
    return plaintext;
  };

  return {
    seal(plaintext, identity) {
      const dek = randomBytes(32);
      const inside = JSON.stringify({ of: about(identity), plaintext });
      const data = encrypt(dek, Buffer.from(inside));
      return { ...wrap(dek), ...data };
    },
    open,
    rewrap(sealed, identity) {
      open(sealed, identity);
      return { ...sealed, ...wrap(unwrap(sealed)) };
    },
  };
};
