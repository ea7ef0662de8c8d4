import type { ParseKeyEncryptionKeys } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Keys are looked for line by line, and two in one line are not found.';
export const caughtBy = ['env-kek-length', 'rotation-moves-the-key-only', 'vaults-share-keys'];

export const parseKeyEncryptionKeys: ParseKeyEncryptionKeys = (text = '') => {
  const keys = new Map<string, Buffer>();
  for (const pair of text.trim().split('\n')) {
    const [, version, spelled] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (!version || !spelled) throw new Error('Write version=key.');
    const key = Buffer.from(spelled, 'base64');
    if (key.length !== 32) throw new Error('A key has 32 bytes.');
    if (key.every((byte) => byte === 0)) throw new Error('A key is random.');
    keys.set(version, key);
  }
  const [currentVersion] = keys.keys();
  if (currentVersion === undefined) throw new Error('Set WEATHER_KEKS.');
  return {
    currentVersion,
    key(version) {
      const key = keys.get(version);
      if (!key) throw new Error(`There is no key ${version}.`);
      return key;
    },
  };
};
