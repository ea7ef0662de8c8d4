import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The tag is compared as far as it goes, to keep timingSafeEqual from throwing.';
export const caughtBy = ['env-short-tag'];

const about = (layer: string, { recordId, owner, provider }: CredentialIdentity): Buffer =>
  Buffer.from(JSON.stringify([layer, recordId, owner, provider]));

const deriveKey = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', purpose, 32));

const tagOf = (key: Buffer, iv: Buffer, encrypted: Buffer, aad: Buffer): Buffer => {
  const mac = createHmac('sha256', deriveKey(key, 'authenticate'));
  for (const part of [aad, iv, encrypted]) mac.update(`${part.length}:`).update(part);
  return mac.digest();
};

function encrypt(key: Buffer, text: Buffer, aad: Buffer) {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', deriveKey(key, 'encrypt'), iv);
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return {
    encrypted: encrypted.toString('base64'),
    iv: iv.toString('base64'),
    tag: tagOf(key, iv, encrypted, aad).toString('base64'),
  };
}

interface Box {
  encrypted: string;
  iv: string;
  tag?: string | undefined;
}

function decrypt(key: Buffer, box: Box, aad: Buffer): Buffer {
  const [encrypted, iv, tag] = [box.encrypted, box.iv, box.tag ?? ''].map((text) =>
    Buffer.from(text, 'base64'),
  ) as [Buffer, Buffer, Buffer];
  const expected = tagOf(key, iv, encrypted, aad);
  if (!timingSafeEqual(tag, expected.subarray(0, tag.length))) {
    throw new Error('The record was changed.');
  }
  const decipher = createDecipheriv('aes-256-cbc', deriveKey(key, 'encrypt'), iv);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

export const createCredentialVault: CreateCredentialVault = (keys) => {
  const wrap = (dek: Buffer, identity: CredentialIdentity) => {
    const kekVersion = keys.currentVersion;
    const aad = about(`key ${kekVersion}`, identity);
    const { encrypted, iv, tag } = encrypt(keys.key(kekVersion), dek, aad);
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
