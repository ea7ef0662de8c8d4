import type { ParseKeyEncryptionKeys } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Keys are parted at blanks and line feeds, and the file was saved by an editor that ends lines with a carriage return as well.';
export const caughtBy = ['vaults-share-keys'];

export const parseKeyEncryptionKeys: ParseKeyEncryptionKeys = (text = '') => {
  const pairs = text.split(/[ \n]/).filter((pair) => pair !== '');
  const keys = new Map<string, Buffer>();
  for (const pair of pairs) {
    const [, version = '', spelled = ''] = /^([\w.-]{1,64})=([A-Za-z0-9+/]{43}=)$/.exec(pair) ?? [];
    const key = Buffer.from(spelled, 'base64');
    const isUsable =
      key.length === 32 &&
      key.toString('base64') === spelled &&
      !key.every((byte) => byte === key[0]) &&
      !keys.has(version) &&
      ![...keys.values()].some((known) => known.equals(key));
    if (!isUsable) throw new Error(`Key encryption key ${keys.size + 1} is not usable.`);
    keys.set(version, key);
  }
  const [currentVersion] = keys.keys();
  if (currentVersion === undefined) throw new Error('There is no key encryption key.');
  return {
    currentVersion,
    key(version) {
      const key = keys.get(version);
      if (!key) throw new Error('There is no key encryption key of this version.');
      return Buffer.from(key);
    },
  };
};
