/** The upstream weather API key at rest: sealed by the vault of topic 07, opened for each use. */
import { randomBytes } from 'node:crypto';
import type { CredentialIdentity, KeyProvider, SecurityControls } from './controls.ts';
import type { World } from './world/world.ts';

const IDENTITY: CredentialIdentity = {
  recordId: 'upstream',
  owner: 'weather-server',
  provider: 'weather-api.example',
};

/** Seals the world's key once, under a key encryption key of this run; the result opens it. */
export function openUpstreamKey(controls: SecurityControls, world: World): () => string {
  const kek = randomBytes(32);
  const keys: KeyProvider = {
    currentVersion: '1',
    key(version) {
      if (version !== '1') throw new Error('unknown key encryption key');
      return kek;
    },
  };
  const vault = controls.createCredentialVault(keys);
  const sealed = vault.seal(world.upstreamApiKey, IDENTITY);
  return () => vault.open(sealed, IDENTITY);
}
