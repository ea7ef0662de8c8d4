import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { CreateCredentialVault, SealedCredential } from '../weather-server/controls.ts';

// This is the course module's envelope, with one data key and one IV for every record to save
// randomness. It hides a credential, and does not notice when somebody changes it: AES-256-CBC
// decrypts whatever it is given. Nothing says whose record it is.

// TODO 07: Give each record a data key of its own, and encrypt both layers so that any change is
// noticed: of a byte, of a tag (its length, its absence), of whose record it is. `open` and
// `rewrap` throw for a record that is not as it was sealed, and return nothing before they know.
// `rewrap` leaves `encrypted` as it is. What some Node refuses by itself has to be refused on every
// Node.
export const createCredentialVault: CreateCredentialVault = (keys) => {
  const dek = randomBytes(32);
  const iv = randomBytes(16);
  const encrypt = (key: Buffer, plaintext: Buffer) => {
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    return Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('base64');
  };
  const decrypt = (key: Buffer, encrypted: string, usedIv: string) => {
    const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(usedIv, 'base64'));
    return Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  };
  const unwrap = ({ kekVersion, encryptedDek, dekIv }: SealedCredential) =>
    decrypt(keys.key(kekVersion), encryptedDek, dekIv);
  const wrap = (key: Buffer) => ({
    kekVersion: keys.currentVersion,
    encryptedDek: encrypt(keys.key(keys.currentVersion), key),
    dekIv: iv.toString('base64'),
  });
  return {
    seal: (plaintext) => ({
      ...wrap(dek),
      encrypted: encrypt(dek, Buffer.from(plaintext)),
      iv: iv.toString('base64'),
    }),
    open: (sealed) => decrypt(unwrap(sealed), sealed.encrypted, sealed.iv).toString('utf8'),
    rewrap: (sealed) => ({ ...sealed, ...wrap(unwrap(sealed)) }),
  };
};
