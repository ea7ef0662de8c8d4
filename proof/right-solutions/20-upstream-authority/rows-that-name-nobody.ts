import { createHash } from 'node:crypto';
import type {
  Actor,
  CreateTokenKeeper,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A row is found by a digest of its user, and says of nobody that they have a token there.';

const nameOf = ({ issuer, subject }: Actor): string =>
  createHash('sha256')
    .update(JSON.stringify(['third party', issuer, subject]))
    .digest('hex');

export const createTokenKeeper: CreateTokenKeeper = (vault, rows) => {
  const identityOf = (user: Actor) => ({
    recordId: nameOf(user),
    owner: nameOf(user),
    provider: 'third party',
  });
  return {
    async keep(user, token) {
      const sealed = Buffer.from(JSON.stringify(vault.seal(token, identityOf(user))));
      const id = nameOf(user);
      rows.put({ id, owner: id, provider: 'third party', sealed: sealed.toString('base64') });
    },
    async find(user) {
      const row = await rows.get(nameOf(user));
      if (!row) return undefined;
      const sealed = JSON.parse(Buffer.from(row.sealed, 'base64').toString()) as SealedCredential;
      return vault.open(sealed, identityOf(user));
    },
  };
};
