/**
 * The upstream weather API key at rest: sealed by the vault of topic 07, stored in the database like
 * any other row and read for each use. It is opened once for each text that stands there, because
 * opening costs more than the rest of a call: the process holds the key in memory anyway.
 */
import type { CredentialIdentity, SealedCredential, SecurityControls } from './controls.ts';
import type { World } from './world/world.ts';

const IDENTITY: CredentialIdentity = {
  recordId: 'upstream',
  owner: 'weather-server',
  provider: 'weather-api.example',
};

/** Seals and stores the world's key under the key encryption keys of this run; the result reads it. */
export function storeUpstreamKey(controls: SecurityControls, world: World): () => Promise<string> {
  const keys = controls.parseKeyEncryptionKeys(world.secrets.keyEncryptionKeys);
  const vault = controls.createCredentialVault(keys);
  const { recordId, owner, provider } = IDENTITY;
  const sealed = JSON.stringify(vault.seal(world.upstreamApiKey, IDENTITY));
  world.storeCredential({ id: recordId, owner, provider, sealed });
  let opened: { from: string; key: string } | undefined;
  return async () => {
    const [row] = await world.database.query('SELECT sealed FROM credentials WHERE id = $1', [
      recordId,
    ]);
    const from = String(row?.sealed);
    if (opened?.from !== from) {
      opened = { from, key: vault.open(JSON.parse(from) as SealedCredential, IDENTITY) };
    }
    return opened.key;
  };
}
