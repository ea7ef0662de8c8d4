import type { ParseKeyEncryptionKeys } from '../weather-server/controls.ts';

// Today anything becomes a key: what is too short is filled up with zeros, what is too long is cut,
// and with no key at all the server uses one that everybody can read here. A version that is not
// known gets the current key.

// TODO 07: Read `version=key` pairs with blanks or line ends between them, the current one first. A
// key is 32 random bytes in base64. Throw unless every one is such a key, also for none and for one
// that is all zeros, and let no message contain any part of a key. `key()` throws for an unknown
// version.
export const parseKeyEncryptionKeys: ParseKeyEncryptionKeys = (text) => {
  const keys = new Map<string, Buffer>();
  for (const pair of (text || 'default=default-key').trim().split(/\s+/)) {
    const [version = '', key = ''] = pair.split(/=(.*)/s);
    keys.set(
      version,
      Buffer.concat([Buffer.from(key, 'base64'), Buffer.alloc(32)]).subarray(0, 32),
    );
  }
  const [[currentVersion, current]] = [...keys] as [[string, Buffer]];
  return { currentVersion, key: (version) => keys.get(version) ?? current };
};
