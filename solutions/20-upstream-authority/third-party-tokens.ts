import type {
  Actor,
  CreateTokenKeeper,
  CredentialIdentity,
  SealedCredential,
} from '../../exercises/weather-server/controls.ts';

const PROVIDER = 'skydiary.example';

/**
 * Seals tokens with the vault of topic 07, each as the credential of its user. Who can only read the
 * database gets nothing; who can write to it can delete a row or put an older one of the same user back,
 * and make nobody's token somebody else's.
 *
 * The user is issuer and subject, both in one text whose parts cannot be shifted. The client is not part
 * of it: it is the user who has agreed at the third party.
 */
export const createTokenKeeper: CreateTokenKeeper = (vault, rows) => ({
  keep(user, token) {
    const identity = identityOf(user);
    const { recordId: id, owner, provider } = identity;
    rows.put({ id, owner, provider, sealed: JSON.stringify(vault.seal(token, identity)) });
  },

  async find(user) {
    const identity = identityOf(user);
    const row = await rows.get(identity.recordId);
    return row && vault.open(JSON.parse(row.sealed) as SealedCredential, identity);
  },
});

function identityOf({ issuer, subject }: Actor): CredentialIdentity {
  const owner = JSON.stringify([issuer, subject]);
  return { recordId: `${PROVIDER} ${owner}`, owner, provider: PROVIDER };
}
