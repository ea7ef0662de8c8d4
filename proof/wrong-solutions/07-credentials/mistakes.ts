import { createHash, hkdfSync } from 'node:crypto';
import { createCredentialVault as rightly } from '../../../solutions/07-credentials/credential-vault.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'blanks-and-line-feeds-only',
    mistake:
      'Keys are parted at blanks and line feeds, and the file was saved by an editor that ends lines with a carriage return as well.',
    caughtBy: ['vaults-share-keys'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
        const pairs = text.split(/[ \n]/).filter((pair) => pair !== '');
        const keys = new Map<string, Buffer>();
        for (const pair of pairs) {
          const [, version = '', spelled = ''] =
            /^([\w.-]{1,64})=([A-Za-z0-9+/]{43}=)$/.exec(pair) ?? [];
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
      },
    },
  },
  {
    name: 'checked-on-use',
    mistake: 'Keys are decoded when they are used: the server starts with one that is none.',
    caughtBy: ['env-kek-length'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
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
      },
    },
  },
  {
    name: 'key-derived-from-its-name',
    mistake:
      'The wrapping key is derived from the name of the KEK and not from its bytes, so that the record itself says what opens it.',
    caughtBy: ['records-tell-nothing'],
    controls: {
      createCredentialVault: (keys) =>
        rightly({
          currentVersion: keys.currentVersion,
          key(version) {
            keys.key(version); // Refuses a version that is not known.
            return Buffer.from(hkdfSync('sha256', version, 'weather', 'wrapping key', 32));
          },
        }),
    },
  },
  {
    name: 'key-for-development',
    mistake: 'Without keys the server uses one for development, which everybody has.',
    caughtBy: ['env-kek-length'],
    controls: {
      parseKeyEncryptionKeys: (text) => {
        const keys = new Map<string, Buffer>();
        const given =
          text?.trim() ||
          `dev=${Buffer.from('development-only-key-0123456789!').toString('base64')}`;
        for (const pair of given.split(/\s+/).filter(Boolean)) {
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
      },
    },
  },
  {
    name: 'key-from-a-hash',
    mistake: 'A hash makes 32 bytes of anything, and of a passphrase no more than a passphrase.',
    caughtBy: ['env-kek-length'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
        const keys = new Map<string, Buffer>();
        for (const pair of text.split(/\s+/).filter(Boolean)) {
          const [, version, spelled] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
          if (!version || !spelled) throw new Error('Write version=key.');
          const key = createHash('sha256').update(spelled).digest();
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
      },
    },
  },
  {
    name: 'last-key-is-current',
    mistake: 'The last key is the current one, so that a rotation goes back to the old one.',
    caughtBy: ['rotation-moves-the-key-only', 'vaults-share-keys'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
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
      },
    },
  },
  {
    name: 'letters-for-bytes',
    mistake: 'The letters of the key are its bytes, so that a passphrase of 32 letters is a key.',
    caughtBy: ['env-kek-length'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
        const keys = new Map<string, Buffer>();
        for (const pair of text.split(/\s+/).filter(Boolean)) {
          const [, version, spelled] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
          if (!version || !spelled) throw new Error('Write version=key.');
          const key = spelled.length === 32 ? Buffer.from(spelled) : Buffer.from(spelled, 'base64');
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
      },
    },
  },
  {
    name: 'long-keys-cut',
    mistake: 'Too long a key is cut, so that nobody hears of the mistake.',
    caughtBy: ['env-kek-length'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
        const keys = new Map<string, Buffer>();
        for (const pair of text.split(/\s+/).filter(Boolean)) {
          const [, version, spelled] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
          if (!version || !spelled) throw new Error('Write version=key.');
          const key = Buffer.from(spelled, 'base64');
          if (key.length < 32) throw new Error('A key has 32 bytes.');
          if (key.every((byte) => byte === 0)) throw new Error('A key is random.');
          keys.set(version, key.subarray(0, 32));
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
      },
    },
  },
  {
    name: 'message-with-the-key',
    mistake: 'The message quotes what it could not use, and messages go to the log.',
    caughtBy: ['env-kek-length'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
        const keys = new Map<string, Buffer>();
        for (const pair of text.split(/\s+/).filter(Boolean)) {
          const [, version, spelled] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
          if (!version || !spelled) throw new Error('Write version=key.');
          const key = Buffer.from(spelled, 'base64');
          if (key.length !== 32) throw new Error(`${spelled} is no key of 32 bytes.`);
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
      },
    },
  },
  {
    name: 'message-with-the-version',
    mistake: 'The message quotes the version, and whoever forgets it has the key in its place.',
    caughtBy: ['env-kek-length'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
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
      },
    },
  },
  {
    name: 'one-key-a-line',
    mistake: 'Keys are looked for line by line, and two in one line are not found.',
    caughtBy: ['env-kek-length', 'rotation-moves-the-key-only', 'vaults-share-keys'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
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
      },
    },
  },
  {
    name: 'pasted-with-blanks',
    mistake:
      'Blanks around a credential are removed, since people paste them along; in a password, and at the end of a PEM file, they belong to it.',
    caughtBy: ['credentials-open-as-sealed'],
    controls: {
      createCredentialVault: (keys) => {
        const vault = rightly(keys);
        return { ...vault, seal: (plaintext, identity) => vault.seal(plaintext.trim(), identity) };
      },
    },
  },
  {
    name: 'zeros-for-a-key',
    mistake: 'The placeholder of 32 zero bytes has the right length, and goes into production.',
    caughtBy: ['env-kek-length'],
    controls: {
      parseKeyEncryptionKeys: (text = '') => {
        const keys = new Map<string, Buffer>();
        for (const pair of text.split(/\s+/).filter(Boolean)) {
          const [, version, spelled] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
          if (!version || !spelled) throw new Error('Write version=key.');
          const key = Buffer.from(spelled, 'base64');
          if (key.length !== 32) throw new Error('A key has 32 bytes.');
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
      },
    },
  },
];
