import type {
  Actor,
  CreateTokenKeeper,
  CredentialRow,
  CredentialVault,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';
import type { Mistake } from '../../solutions.ts';

interface Choices {
  ownerOf?: (user: Actor) => string;
  /** Whose credential it is sealed as. */
  sealedFor?: (owner: string) => string;
  /** Whose credential it is opened as. */
  openedFor?: (owner: string, row: CredentialRow) => string;
  seal?: (vault: CredentialVault, token: string, owner: string) => string;
  open?: (vault: CredentialVault, sealed: string, owner: string) => string;
  mayReplace?: boolean;
  row?: (row: CredentialRow, token: string) => CredentialRow;
  isTheirs?: (row: CredentialRow, owner: string) => boolean;
}

const provider = 'skydiary';
const person = ({ issuer, subject }: Actor): string => JSON.stringify([issuer, subject]);

/** Right in all that is not chosen otherwise. */
const keeperWith =
  (choices: Choices): CreateTokenKeeper =>
  (vault, rows) => {
    const {
      ownerOf = person,
      sealedFor = (owner) => owner,
      openedFor = sealedFor,
      seal = (own, token, owner) =>
        JSON.stringify(own.seal(token, { recordId: owner, owner, provider })),
      open = (own, sealed, owner) =>
        own.open(JSON.parse(sealed) as SealedCredential, { recordId: owner, owner, provider }),
      mayReplace = true,
      row = (plain) => plain,
      isTheirs = () => true,
    } = choices;
    return {
      async keep(user, token) {
        const owner = ownerOf(user);
        const id = `${provider} ${owner}`;
        if (!mayReplace && (await rows.get(id))) return;
        rows.put(row({ id, owner, provider, sealed: seal(vault, token, sealedFor(owner)) }, token));
      },
      async find(user) {
        const owner = ownerOf(user);
        const found = await rows.get(`${provider} ${owner}`);
        if (!found || !isTheirs(found, owner)) return undefined;
        return open(vault, found.sealed, openedFor(owner, found));
      },
    };
  };

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const unbase64 = (text: string): string => Buffer.from(text, 'base64').toString();

/** The owner stands beside the token, in the same text. */
const written = (owner: string, token: string): string => JSON.stringify([owner, token]);
function readFor(owner: string, text: string): string {
  const [whose, token] = JSON.parse(text) as [string, string];
  if (whose !== owner) throw new Error('This is somebody else’s.');
  return token;
}

export const mistakes: Mistake[] = [
  {
    name: 'in-the-clear',
    mistake: 'Tokens are kept for each user, and in the clear.',
    caughtBy: ['up-token-at-rest'],
    controls: {
      createTokenKeeper: keeperWith({
        seal: (_vault, token, owner) => written(owner, token),
        open: (_vault, sealed, owner) => readFor(owner, sealed),
      }),
    },
  },
  {
    name: 'in-base64',
    mistake: 'Tokens are written in base64, which looks like something sealed.',
    caughtBy: ['up-token-at-rest'],
    controls: {
      createTokenKeeper: keeperWith({
        seal: (_vault, token, owner) => base64(written(owner, token)),
        open: (_vault, sealed, owner) => readFor(owner, unbase64(sealed)),
      }),
    },
  },
  {
    name: 'in-hex',
    mistake: 'Tokens are written in hex.',
    caughtBy: ['up-token-at-rest'],
    controls: {
      createTokenKeeper: keeperWith({
        seal: (_vault, token, owner) => Buffer.from(written(owner, token)).toString('hex'),
        open: (_vault, sealed, owner) => readFor(owner, Buffer.from(sealed, 'hex').toString()),
      }),
    },
  },
  {
    name: 'sealed-and-noted',
    mistake: 'The token is sealed, and stands in another column as well, to be found by.',
    caughtBy: ['up-token-at-rest'],
    controls: {
      createTokenKeeper: keeperWith({ row: (row, token) => ({ ...row, provider: token }) }),
    },
  },
  {
    name: 'sealed-for-the-server',
    mistake: 'All tokens are sealed as the same credential, so that each opens for everybody.',
    caughtBy: ['up-token-moved'],
    controls: { createTokenKeeper: keeperWith({ sealedFor: () => 'weather-server' }) },
  },
  {
    name: 'opened-for-whom-the-row-says',
    mistake: 'A token is opened for the owner whom the row names, and the row says what it likes.',
    caughtBy: ['up-token-moved'],
    controls: { createTokenKeeper: keeperWith({ openedFor: (_owner, row) => row.owner }) },
  },
  {
    name: 'owner-compared-and-not-bound',
    mistake:
      'The owner stands in a column beside the sealed token, and nothing ties them together.',
    caughtBy: ['up-token-moved'],
    controls: {
      createTokenKeeper: keeperWith({
        sealedFor: () => 'weather-server',
        isTheirs: (row, owner) => row.owner === owner,
      }),
    },
  },
  {
    name: 'sealed-for-the-issuer',
    mistake: 'A token is sealed for its issuer, which all users have in common.',
    caughtBy: ['up-token-moved'],
    controls: {
      createTokenKeeper: keeperWith({
        sealedFor: (owner) => String((JSON.parse(owner) as string[])[0]),
      }),
    },
  },
  {
    name: 'under-the-client',
    mistake: 'A token is kept under the client that brought it, which all users of an app share.',
    caughtBy: ['up-diary-of-another', 'up-any-client-of-a-user'],
    controls: { createTokenKeeper: keeperWith({ ownerOf: ({ clientId }) => clientId }) },
  },
  {
    name: 'under-the-subject',
    mistake: 'A token is kept under the subject, which two issuers may give to two people.',
    caughtBy: ['up-diary-of-another'],
    controls: { createTokenKeeper: keeperWith({ ownerOf: ({ subject }) => subject }) },
  },
  {
    name: 'under-a-name-in-small-letters',
    mistake: 'Names are compared without case, as if a subject were an address.',
    caughtBy: ['up-diary-of-another'],
    controls: { createTokenKeeper: keeperWith({ ownerOf: (user) => person(user).toLowerCase() }) },
  },
  {
    name: 'for-everybody',
    mistake: 'There is one token, of whoever has signed in last.',
    caughtBy: ['up-diary-of-another', 'up-row-deleted'],
    controls: { createTokenKeeper: keeperWith({ ownerOf: () => 'the user' }) },
  },
  {
    name: 'under-user-and-client',
    mistake:
      'Each app of a user has a token of its own, and those of earlier apps have ended there.',
    caughtBy: ['up-any-client-of-a-user'],
    controls: {
      createTokenKeeper: keeperWith({ ownerOf: (user) => person(user) + user.clientId }),
    },
  },
  {
    name: 'under-user-and-scopes',
    mistake:
      'A token is kept under the scopes that were asked for, which another call may not have.',
    caughtBy: ['up-reads-for-weeks'],
    controls: {
      createTokenKeeper: keeperWith({ ownerOf: (user) => person(user) + user.scopes.join(' ') }),
    },
  },
  {
    name: 'the-first-stays',
    mistake: 'The token of the first sign-in is kept, and it ended with the second.',
    caughtBy: ['up-once-more', 'up-two-under-way', 'up-two-browsers', 'up-any-client-of-a-user'],
    controls: { createTokenKeeper: keeperWith({ mayReplace: false }) },
  },
  {
    name: 'sealed-for-the-subject',
    mistake: 'A token is sealed for its subject, which is somebody else at another issuer.',
    caughtBy: ['up-token-moved'],
    controls: {
      createTokenKeeper: keeperWith({
        sealedFor: (owner) => String((JSON.parse(owner) as string[])[1]),
      }),
    },
  },
  {
    name: 'sealed-for-both-in-one',
    mistake: 'A token is sealed for issuer and subject in one text, which can be cut elsewhere.',
    caughtBy: ['up-token-moved'],
    controls: {
      createTokenKeeper: keeperWith({
        sealedFor: (owner) => (JSON.parse(owner) as string[]).join('/'),
      }),
    },
  },
  {
    name: 'opened-once-for-all',
    mistake:
      'What was opened is remembered by what was sealed, and given to whoever has that in a row.',
    caughtBy: ['up-token-moved'],
    controls: () => {
      const opened = new Map<string, string>();
      return {
        createTokenKeeper: keeperWith({
          open(vault, sealed, owner) {
            const known = opened.get(sealed);
            if (known !== undefined) return known;
            const credential = JSON.parse(sealed) as SealedCredential;
            const token = vault.open(credential, { recordId: owner, owner, provider });
            opened.set(sealed, token);
            return token;
          },
        }),
      };
    },
  },
  {
    name: 'issuer-and-subject-in-one',
    mistake: 'A user is called `issuer/subject`, and one may end as the other begins.',
    caughtBy: ['up-diary-of-another'],
    controls: {
      createTokenKeeper: keeperWith({ ownerOf: ({ issuer, subject }) => `${issuer}/${subject}` }),
    },
  },
  {
    name: 'names-in-latin-1',
    mistake: 'Users are written in Latin-1, in which other alphabets look alike.',
    caughtBy: ['up-diary-of-another'],
    controls: {
      createTokenKeeper: keeperWith({
        ownerOf: (user) => Buffer.from(person(user), 'latin1').toString('base64url'),
      }),
    },
  },
  {
    name: 'names-normalized',
    mistake: 'Names are trimmed and normalized, as one does with what people type.',
    caughtBy: ['up-diary-of-another'],
    controls: {
      createTokenKeeper: keeperWith({
        ownerOf: (user) => person({ ...user, subject: user.subject.normalize('NFKC').trim() }),
      }),
    },
  },
  {
    name: 'issuers-by-their-host',
    mistake: 'An issuer is its host, and a host may have an issuer for each of its customers.',
    caughtBy: ['up-diary-of-another'],
    controls: {
      createTokenKeeper: keeperWith({
        ownerOf: (user) => person({ ...user, issuer: new URL(user.issuer).hostname }),
      }),
    },
  },
  {
    name: 'unsealed-will-do',
    mistake: 'Rows from before there was a vault are taken as they are.',
    caughtBy: ['up-token-planted'],
    controls: {
      createTokenKeeper: keeperWith({
        open(vault, sealed, owner) {
          if (!sealed.startsWith('{')) return sealed;
          return vault.open(JSON.parse(sealed) as SealedCredential, {
            recordId: owner,
            owner,
            provider,
          });
        },
      }),
    },
  },
  {
    name: 'remembered-in-the-clear',
    mistake: 'The token stays in memory, and is given out when its row has long been deleted.',
    caughtBy: ['up-row-deleted'],
    controls: {
      createTokenKeeper(vault, rows) {
        const own = keeperWith({})(vault, rows);
        const memory = new Map<string, string>();
        return {
          async keep(user, token) {
            memory.set(person(user), token);
            await own.keep(user, token);
          },
          find: async (user) => memory.get(person(user)) ?? own.find(user),
        };
      },
    },
  },
  {
    name: 'in-memory-only',
    mistake: 'Tokens are in memory only, where no operator can delete one.',
    caughtBy: ['up-row-deleted'],
    controls: {
      createTokenKeeper() {
        const memory = new Map<string, string>();
        return {
          keep: (user, token) => void memory.set(person(user), token),
          find: async (user) => memory.get(person(user)),
        };
      },
    },
  },
];
