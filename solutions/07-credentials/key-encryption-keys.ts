import type { ParseKeyEncryptionKeys } from '../../exercises/weather-server/controls.ts';

/** `version=key`: 32 bytes are 43 characters of base64 and one `=` (RFC 4648 §4). */
const PAIR = /^([\w.-]{1,64})=([A-Za-z0-9+/]{43}=)$/;

/**
 * Reads `version=key` pairs, the current one first, and refuses the whole text if any of them is not
 * as it should be: a typo in an old key would otherwise show only when the first record under it is
 * needed. Nothing is padded, cut, hashed or defaulted into a key, because each of these turns a
 * mistake into a key that somebody can guess (CWE-1188, CWE-326).
 *
 * Errors name a pair by its position and never by its text: whoever forgets `v1=` has the key itself
 * where the version should be. `Buffer.from(text, 'base64')` skips what it does not know, so spelling
 * is checked before and after.
 *
 * Not checked: whether a key is random. Only the placeholder of one repeated byte is recognized.
 */
export const parseKeyEncryptionKeys: ParseKeyEncryptionKeys = (text = '') => {
  const pairs = text.split(/\s+/).filter((pair) => pair !== '');
  const keys = new Map<string, Buffer>();
  for (const [index, pair] of pairs.entries()) {
    const [, version = '', spelled = ''] = PAIR.exec(pair) ?? [];
    const key = Buffer.from(spelled, 'base64');
    if (key.length !== 32 || key.toString('base64') !== spelled) {
      throw unusable(index, 'is not version=key with 32 bytes in base64');
    }
    if (key.every((byte) => byte === key[0])) throw unusable(index, 'is not random');
    if (keys.has(version)) throw unusable(index, 'has the version of one before it');
    if ([...keys.values()].some((known) => known.equals(key))) {
      throw unusable(index, 'is the same as one before it');
    }
    keys.set(version, key);
  }

  const [currentVersion] = keys.keys();
  if (currentVersion === undefined) throw new Error('There is no key encryption key.');
  return {
    currentVersion,
    key(version) {
      const key = keys.get(version);
      if (!key) throw new Error('There is no key encryption key of this version.');
      // A copy: whoever wipes theirs after use must not wipe ours.
      return Buffer.from(key);
    },
  };
};

const unusable = (index: number, why: string): Error =>
  new Error(`Key encryption key ${index + 1} ${why}.`);
