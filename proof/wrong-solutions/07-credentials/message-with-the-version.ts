import type { ParseKeyEncryptionKeys } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The message quotes the version, and whoever forgets it has the key in its place.';
export const caughtBy = ['env-kek-length'];

export const parseKeyEncryptionKeys: ParseKeyEncryptionKeys = (text = '') => {
  const keys = new Map<string, Buffer>();
  for (const pair of text.split(/\s+/).filter(Boolean)) {
    const [, version = '', spelled = ''] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
    if (!spelled) throw new Error(`Version ${version} has no key.`);
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
