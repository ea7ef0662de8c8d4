import type { CreateCredentialVault } from '../../../exercises/weather-server/controls.ts';
import { createCredentialVault as rightly } from '../../../solutions/07-credentials/credential-vault.ts';

export const mistake =
  'Blanks around a credential are removed, since people paste them along; in a password, and at the end of a PEM file, they belong to it.';
export const caughtBy = ['credentials-open-as-sealed'];

export const createCredentialVault: CreateCredentialVault = (keys) => {
  const vault = rightly(keys);
  return { ...vault, seal: (plaintext, identity) => vault.seal(plaintext.trim(), identity) };
};
