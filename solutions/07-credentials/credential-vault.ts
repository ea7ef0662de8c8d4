import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateCredentialVault,
  CredentialIdentity,
  SealedCredential,
} from '../../exercises/weather-server/controls.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM in both layers. Every record has a data key of its own, used for one message, and
 * every encryption a new random 96-bit IV (NIST SP 800-38D §8.2.2; with random IVs, wrap at most 2^32
 * keys under one KEK, §8.3).
 *
 * Both layers authenticate whose record it is, and which of the layers they are, as additional data.
 * The outer one also binds the KEK version; the inner one must not, or the ciphertext could not stay
 * when the key is wrapped anew. Opening and wrapping anew go the same way: both layers are verified
 * to the end before anything is returned.
 *
 * Not prevented: putting an older record of the same credential back, deleting one, and what memory
 * keeps: data keys are overwritten after use, but the credential is a string, and no string can be.
 */
export const createCredentialVault: CreateCredentialVault = (keys) => {
  const wrap = (dek: Buffer, identity: CredentialIdentity) => {
    const kekVersion = keys.currentVersion;
    const kek = keys.key(kekVersion);
    const { text, iv, tag } = encrypt(kek, dek, aboutDek(identity, kekVersion));
    return { kekVersion, encryptedDek: text, dekIv: iv, dekTag: tag };
  };

  /** Verifies the whole record; `use` gets the data key, which is gone afterwards, and the text. */
  const unseal = <T>(
    sealed: SealedCredential,
    identity: CredentialIdentity,
    use: (dek: Buffer, plaintext: Buffer) => T,
  ): T => {
    const { kekVersion, encryptedDek, dekIv, dekTag, encrypted, iv, tag } = sealed;
    const wrapped = { text: encryptedDek, iv: dekIv, tag: dekTag };
    const dek = decrypt(keys.key(kekVersion), wrapped, aboutDek(identity, kekVersion));
    try {
      const plaintext = decrypt(dek, { text: encrypted, iv, tag }, aboutData(identity));
      return use(dek, plaintext);
    } finally {
      dek.fill(0);
    }
  };

  return {
    seal(plaintext, identity) {
      // UTF-8 has no bytes for half a surrogate pair; what came back would be another text.
      if (!plaintext.isWellFormed()) throw new Error('This credential is not well-formed text.');
      const dek = randomBytes(KEY_BYTES);
      try {
        const data = encrypt(dek, Buffer.from(plaintext, 'utf8'), aboutData(identity));
        return { ...wrap(dek, identity), encrypted: data.text, iv: data.iv, tag: data.tag };
      } finally {
        dek.fill(0);
      }
    },
    open: (sealed, identity) =>
      unseal(sealed, identity, (_dek, plaintext) => plaintext.toString('utf8')),
    rewrap: (sealed, identity) =>
      unseal(sealed, identity, (dek) => ({ ...sealed, ...wrap(dek, identity) })),
  };
};

/** As JSON, which quotes what it holds: `['1', '23']` and `['12', '3']` do not become the same text. */
const aboutData = ({ recordId, owner, provider }: CredentialIdentity): Buffer =>
  Buffer.from(JSON.stringify(['credential', ALGORITHM, recordId, owner, provider]));

const aboutDek = ({ recordId, owner, provider }: CredentialIdentity, kekVersion: string): Buffer =>
  Buffer.from(JSON.stringify(['data key', ALGORITHM, recordId, owner, provider, kekVersion]));

/** One encrypted text with what is needed to check it; all base64. */
interface Box {
  text: string;
  iv: string;
  tag: string;
}

function encrypt(key: Buffer, plaintext: Buffer, about: Buffer): Box {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(about);
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { text: base64(text), iv: base64(iv), tag: base64(cipher.getAuthTag()) };
}

const base64 = (bytes: Buffer): string => bytes.toString('base64');

/**
 * Returns nothing before `final()` has checked the tag. Without `authTagLength`, Node 20 to 24
 * take a tag of 4 bytes, and a forger needs no more than luck. Every failure is the same error: which
 * check it was is of use only to who is trying.
 */
function decrypt(key: Buffer, box: { [Part in keyof Box]: unknown }, about: Buffer): Buffer {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes(box.iv, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(about);
    decipher.setAuthTag(bytes(box.tag, TAG_BYTES));
    return Buffer.concat([decipher.update(bytes(box.text)), decipher.final()]);
  } catch {
    throw new Error('This credential is not as it was sealed.');
  }
}

/**
 * Rows come from a database that others may write to: any JSON value may stand where text should. And
 * `Buffer.from` skips what is not base64, so that one text of bytes could be spelled in many ways.
 */
function bytes(member: unknown, length?: number): Buffer {
  const decoded = Buffer.from(String(member), 'base64');
  const asSealed = base64(decoded) === member && decoded.length === (length ?? decoded.length);
  if (!asSealed) throw new Error('not as it was sealed');
  return decoded;
}
