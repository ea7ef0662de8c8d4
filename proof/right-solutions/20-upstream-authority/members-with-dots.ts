import type {
  Actor,
  CreateTokenKeeper,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'What is sealed is written member by member with dots between, and a character that no URL has stands between issuer and subject.';

const MEMBERS = [
  'kekVersion',
  'encryptedDek',
  'dekIv',
  'dekTag',
  'encrypted',
  'iv',
  'tag',
] as const;

const identityOf = ({ issuer, subject }: Actor) => ({
  recordId: `skydiary\0${issuer}\0${subject}`,
  owner: `${issuer}\0${subject}`,
  provider: 'skydiary',
});

export const createTokenKeeper: CreateTokenKeeper = (vault, rows) => ({
  async keep(user, token) {
    const identity = identityOf(user);
    const credential = vault.seal(token, identity);
    const sealed = MEMBERS.map((member) => credential[member] ?? '').join('.');
    rows.put({ id: identity.recordId, owner: user.subject, provider: identity.provider, sealed });
  },
  async find(user) {
    const identity = identityOf(user);
    const row = await rows.get(identity.recordId);
    if (!row) return undefined;
    const parts = row.sealed.split('.');
    const members = MEMBERS.map((member, index) => [member, parts[index]] as const);
    const credential = Object.fromEntries(members.filter(([, part]) => part));
    return vault.open(credential as unknown as SealedCredential, identity);
  },
});
