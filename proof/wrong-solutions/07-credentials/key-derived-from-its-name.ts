import { hkdfSync } from 'node:crypto';
import type { CreateCredentialVault } from '../../../exercises/weather-server/controls.ts';
import { createCredentialVault as rightly } from '../../../solutions/07-credentials/credential-vault.ts';

export const mistake =
  'The wrapping key is derived from the name of the KEK and not from its bytes, so that the record itself says what opens it.';
export const caughtBy = ['records-tell-nothing'];

export const createCredentialVault: CreateCredentialVault = (keys) =>
  rightly({
    currentVersion: keys.currentVersion,
    key(version) {
      keys.key(version); // Refuses a version that is not known.
      return Buffer.from(hkdfSync('sha256', version, 'weather', 'wrapping key', 32));
    },
  });
