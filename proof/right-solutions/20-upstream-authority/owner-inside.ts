import type {
  CreateTokenKeeper,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Whose token it is stands inside of what is sealed, and is compared when it is opened.';

const identity = { recordId: 'token', owner: 'weather-server', provider: 'skydiary' };

export const createTokenKeeper: CreateTokenKeeper = (vault, rows) => ({
  keep({ issuer, subject }, token) {
    const sealed = vault.seal(JSON.stringify({ issuer, subject, token }), identity);
    const id = JSON.stringify(['token', issuer, subject]);
    rows.put({ id, owner: subject, provider: identity.provider, sealed: JSON.stringify(sealed) });
  },
  async find({ issuer, subject }) {
    const row = await rows.get(JSON.stringify(['token', issuer, subject]));
    if (!row) return undefined;
    const text = vault.open(JSON.parse(row.sealed) as SealedCredential, identity);
    const kept = JSON.parse(text) as { issuer: string; subject: string; token: string };
    return kept.issuer === issuer && kept.subject === subject ? kept.token : undefined;
  },
});
