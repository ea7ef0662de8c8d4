import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The KEK encrypts the credential itself, so that a new KEK means a new ciphertext.';
export const caughtBy = ['env-iv-reuse', 'env-record-swap', 'rotation-moves-the-key-only'];

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
  const open = (sealed: SealedCredential, identity: CredentialIdentity) => {
    const { kekVersion } = sealed;
    return decrypt(keys.key(kekVersion), sealed, about(kekVersion, identity)).toString('utf8');
  };

  const seal = (plaintext: string, identity: CredentialIdentity): SealedCredential => {
    const kekVersion = keys.currentVersion;
    const aad = about(kekVersion, identity);
    const data = encrypt(keys.key(kekVersion), Buffer.from(plaintext), aad);
    return { kekVersion, encryptedDek: '', dekIv: '', ...data };
  };
  return { seal, open, rewrap: (sealed, identity) => seal(open(sealed, identity), identity) };
};
