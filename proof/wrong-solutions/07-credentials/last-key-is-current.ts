import type { ParseKeyEncryptionKeys } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The last key is the current one, so that a rotation goes back to the old one.';
export const caughtBy = ['rotation-moves-the-key-only', 'vaults-share-keys'];

export const parseKeyEncryptionKeys: ParseKeyEncryptionKeys = (text = '') => {
  const keys = new Map<string, Buffer>();
  for (const pair of text.split(/\s+/).filter(Boolean)) {
    const [, version, spelled] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (!version || !spelled) throw new Error('Write version=key.');
    const key = Buffer.from(spelled, 'base64');
    if (key.length !== 32) throw new Error('A key has 32 bytes.');
    if (key.every((byte) => byte === 0)) throw new Error('A key is random.');
    keys.set(version, key);
  }
  const currentVersion = [...keys.keys()].at(-1);
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
