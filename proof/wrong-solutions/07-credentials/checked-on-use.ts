import type { ParseKeyEncryptionKeys } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Keys are decoded when they are used: the server starts with one that is none.';
export const caughtBy = ['env-kek-length'];

export const parseKeyEncryptionKeys: ParseKeyEncryptionKeys = (text = '') => {
  const keys = new Map<string, string>();
  for (const pair of text.split(/\s+/).filter(Boolean)) {
    const [, version, spelled] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (!version || !spelled) throw new Error('Write version=key.');
    keys.set(version, spelled);
  }
  const [currentVersion] = keys.keys();
  if (currentVersion === undefined) throw new Error('Set WEATHER_KEKS.');
  return {
    currentVersion,
    key(version) {
      const key = Buffer.from(keys.get(version) ?? '', 'base64');
      if (key.length !== 32) throw new Error('A key has 32 bytes.');
      if (key.every((byte) => byte === 0)) throw new Error('A key is random.');
      return key;
    },
  };
};
