/**
 * Attacks on credentials at rest. The attacker writes to the table of records and has no key
 * encryption key: what counts is whether a record they made or changed opens, and to what.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type {
  CredentialIdentity,
  SealedCredential,
} from '../../../exercises/weather-server/controls.ts';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import { StepFailed, type Answer, type LabSession, type LabVault } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import {
  aimedAt,
  bytesOf,
  differences,
  edited,
  longestCommonRun,
  mixed,
  rearranged,
  withNewChecksum,
  withOneBitChanged,
  withShortTag,
} from './sealed-records.ts';

const gcm = link('NIST SP 800-38D (GCM)', 'https://csrc.nist.gov/pubs/sp/800/38/d/final');
const noIntegrity = cwe(353, 'Missing Support for Integrity Check');

/** 32 bytes that are this firing's own, as the attack's choice of a key. */
const random = (lab: LabSession, name: string, length = 32): Buffer =>
  createHash('shake256', { outputLength: length }).update(`${lab.nonce} ${name}`).digest();

/** `v2=… v1=…`: one key for each version, the current one first. */
const keksOf = (lab: LabSession, ...versions: string[]): string =>
  versions.map((version) => `${version}=${random(lab, version).toString('base64')}`).join(' ');

const ALICE: CredentialIdentity = {
  recordId: '17',
  owner: 'alice',
  provider: 'weather-api.example',
};

/** Seals `text` and makes sure that it opens: otherwise a refusal further on would mean nothing. */
async function sealIn(
  vault: LabVault,
  text: string,
  identity: CredentialIdentity,
): Promise<SealedCredential> {
  const sealed = await vault.seal(text, identity);
  if ('refused' in sealed) throw new StepFailed(`Sealing a credential failed: ${sealed.refused}`);
  const problem = await whyNotOpened(vault, sealed.value, text, identity);
  if (problem) throw new StepFailed(problem);
  return sealed.value;
}

async function whyNotOpened(
  vault: LabVault,
  sealed: SealedCredential,
  text: string,
  identity: CredentialIdentity,
): Promise<string | undefined> {
  const opened = await vault.open(sealed, identity);
  if ('refused' in opened) return `A record as it was sealed does not open: ${opened.refused}`;
  return opened.value === text
    ? undefined
    : `A credential of ${text.length} characters opened to another text: ${excerpt(opened.value)}`;
}

/** Whether `message` holds a good part of `secret`: eight characters on end. */
function reveals(message: string, secret: string): boolean {
  // A short one is revealed as a whole only; parts of it may be words of the message.
  const length = Math.min(8, Math.max(5, secret.length));
  const starts = Math.max(0, secret.length - length + 1);
  return Array.from({ length: starts }, (_, at) => secret.slice(at, at + length)).some((part) =>
    message.includes(part),
  );
}

/** What is wrong with a refusal that tells whoever tampers what the record holds. */
const revealed = (answer: Answer<unknown>, text: string): string[] =>
  'refused' in answer && reveals(answer.refused, text)
    ? [`The refusal shows what is in the record: ${excerpt(answer.refused)}`]
    : [];

/** The first of them say it all. */
const found = (breaches: string[]): Findings => ({
  breaches: [...new Set(breaches)].slice(0, 2),
  complaints: [],
});

const operation = z.enum(['open', 'rewrap']);
type Operation = z.infer<typeof operation>;

const identityShape = z.strictObject({
  recordId: z.string().max(200),
  owner: z.string().max(200),
  provider: z.string().max(200),
});

const MALLORY: CredentialIdentity = { ...ALICE, recordId: '18', owner: 'mallory' };

const identity = (recordId: string, owner: string, provider: string): CredentialIdentity => ({
  recordId,
  owner,
  provider,
});

/** Identities that become the same text when somebody puts `sign` between their members. */
const cutElsewhere = (...signs: string[]): CredentialIdentity[] =>
  signs.flatMap((sign) => [
    identity(`1${sign}2`, '3', '4'),
    identity('1', `2${sign}3`, '4'),
    identity('1', '2', `3${sign}4`),
  ]);

/** What a changed record became in the vault's hands, if not what was sealed; sentences. */
async function whatBecame(
  vault: LabVault,
  sealed: SealedCredential,
  changed: SealedCredential,
  text: string,
  how: Operation,
): Promise<string[]> {
  const answer = await vault[how](changed, ALICE);
  if ('refused' in answer) return revealed(answer, text);
  const where = `With another ${differences(sealed, changed)}`;
  if (typeof answer.value === 'string') {
    return answer.value === text
      ? []
      : [`${where} the record opened, and gave ${excerpt(answer.value)}`];
  }
  // What a vault does not use may be changed. Only what matters must not be carried on.
  const problem = await whyNotOpened(vault, answer.value, text, ALICE);
  return problem
    ? [`${where} the record went through a rotation, and the credential in it is lost.`]
    : [];
}

async function becameOfAll(
  vault: LabVault,
  sealed: SealedCredential,
  changed: SealedCredential[],
  text: string,
  how: Operation,
): Promise<string[]> {
  const outcomes = await Promise.all(
    changed.map((record) => whatBecame(vault, sealed, record, text, how)),
  );
  return outcomes.flat();
}

/**
 * A padding oracle (Vaudenay 2002): of 256 values of one byte of the IV, one makes the padding right.
 * If that shows, by another message or by none, it gives away one byte of the text; and so on.
 */
async function readFromRefusals(
  vault: LabVault,
  sealed: SealedCredential,
  text: string,
): Promise<string[]> {
  const iv = bytesOf(sealed, 'iv');
  const block = Buffer.from(text).subarray(0, 16);
  if (iv.length !== 16 || block.length < 16) return [];
  const oneBlock = edited(sealed, 'encrypted', (bytes) => bytes.subarray(0, 16)) ?? sealed;
  const forged = Buffer.from(iv);
  for (let padding = 1; padding <= BYTES_TO_READ; padding++) {
    const at = 16 - padding;
    const answers = await Promise.all(
      Array.from({ length: 256 }, async (_, byte) => {
        const tried = Buffer.from(forged);
        tried[at] = byte;
        const answer = await vault.open(edited(oneBlock, 'iv', () => tried) ?? oneBlock, ALICE);
        return 'refused' in answer ? answer.refused : 'opened';
      }),
    );
    const odd = answers.findIndex(
      (answer) => answers.indexOf(answer) === answers.lastIndexOf(answer),
    );
    // Without an answer that stands alone there is nothing to read.
    if (odd === -1 || (odd ^ padding ^ (iv[at] ?? 0)) !== block[at]) return [];
    for (let place = at; place < 16; place++) {
      const key = (place === at ? odd : (forged[place] ?? 0)) ^ padding;
      forged[place] = key ^ (padding + 1);
    }
  }
  const read = block.subarray(-BYTES_TO_READ).toString();
  return [`Its answers to changed records gave away “${read}”, and would give away the rest.`];
}

const BYTES_TO_READ = 3;

const LONG_SECRET = `{"user":"carol","key":"${'sk-0123456789abcdef-'.repeat(12)}"}`;

const attacks: Attack[] = [
  defineAttack<{
    text: string;
    change: 'its beginning' | 'one bit' | 'order and length' | 'until an answer differs';
    wanted?: string | undefined;
    operation: Operation;
  }>({
    id: 'env-cbc-bitflip',
    title: 'One bit of the record',
    level: 'core',
    story:
      'The attacker can write to the table of credentials and has no key. They change a bit here and there and let the server open the record. In CBC, whoever flips a bit of the IV flips that very bit of the text: user becomes root.',
    secureAnswer:
      '`open` and `rewrap` throw, whichever bit of whichever member was changed. Nothing that was decrypted leaves before the whole record is verified; the error does not contain it, and does not depend on it.',
    lessonAnchor: 'hidden-is-not-intact',
    references: [
      noIntegrity,
      cwe(
        649,
        'Reliance on Obfuscation or Encryption of Security-Relevant Inputs without Integrity Checking',
      ),
      gcm,
    ],
    payload: z.strictObject({
      text: z.string().min(1).max(2000),
      change: z.enum(['its beginning', 'one bit', 'order and length', 'until an answer differs']),
      /** With `its beginning`: what the text should begin with. */
      wanted: z.string().max(64).optional(),
      operation,
    }),
    variants: {
      'user becomes root': {
        text: 'user:carol:sk-0123456789abcdef',
        change: 'its beginning',
        wanted: 'root',
        operation: 'open',
      },
      'a bit of every member': { text: LONG_SECRET, change: 'one bit', operation: 'open' },
      'a bit of a short one': { text: 'sk-0123', change: 'one bit', operation: 'open' },
      'blocks cut off and moved': {
        text: LONG_SECRET,
        change: 'order and length',
        operation: 'open',
      },
      'a text read from refusals': {
        text: LONG_SECRET,
        change: 'until an answer differs',
        operation: 'open',
      },
      'a bit, and then a rotation': { text: LONG_SECRET, change: 'one bit', operation: 'rewrap' },
      'blocks cut off, and then a rotation': {
        text: LONG_SECRET,
        change: 'order and length',
        operation: 'rewrap',
      },
    },
    async fire({ text, change, wanted = '', operation: how }, lab) {
      const vault = lab.vault(keksOf(lab, 'v1'));
      const sealed = await sealIn(vault, text, ALICE);
      if (change === 'until an answer differs') {
        return found(await readFromRefusals(vault, sealed, text));
      }
      const made = {
        'its beginning': () => aimedAt(sealed, text, wanted),
        'one bit': () => withOneBitChanged(sealed),
        'order and length': () => rearranged(sealed),
      }[change]();
      const again = made.map((record) => withNewChecksum(sealed, record));
      const all = [...made, ...again.filter((record) => record !== undefined)];
      return found(await becameOfAll(vault, sealed, all, text, how));
    },
  }),

  defineAttack<{ texts: string[]; vault: 'one' | 'started again and again' }>({
    id: 'env-iv-reuse',
    title: 'The same key and IV again',
    level: 'core',
    story:
      'The attacker reads the table and compares. Where key and IV are the same twice, equal beginnings look equal, in counter modes the difference of two ciphertexts is the difference of two texts, and with GCM the key that makes tags can be computed. And where one data key serves many records, whoever gets hold of it has them all.',
    secureAnswer:
      'Nothing to compare: every record has a data key of its own, and every encryption under a KEK a new random IV. (AES key wrap needs none. With a key that is used once, the IV of the data may be constant.)',
    lessonAnchor: 'a-new-key-for-every-record',
    references: [
      cwe(323, 'Reusing a Nonce, Key Pair in Encryption'),
      cwe(329, 'Generation of Predictable IV with CBC Mode'),
      gcm,
    ],
    payload: z.strictObject({
      texts: z.array(z.string().min(1).max(2000)).min(2).max(60),
      vault: z.enum(['one', 'started again and again']),
    }),
    variants: {
      'one credential twice': { texts: [LONG_SECRET, LONG_SECRET], vault: 'one' },
      'a common beginning': {
        texts: [`${LONG_SECRET} for reading`, `${LONG_SECRET} for writing`],
        vault: 'one',
      },
      'forty in a row': {
        texts: Array.from({ length: 40 }, (_, index) => `sk-${index}`),
        vault: 'one',
      },
      'after a restart': {
        texts: ['sk-one', 'sk-two', 'sk-three', 'sk-four'],
        vault: 'started again and again',
      },
    },
    async fire({ texts, vault }, lab) {
      const records = await Promise.all(
        texts.map((text, index) => {
          // Another list of keys is another vault, under the same current key; two texts for each.
          const earlier = vault === 'one' ? [] : [`v${10 + Math.floor(index / 2)}`];
          return sealIn(lab.vault(keksOf(lab, 'v1', ...earlier)), text, ALICE);
        }),
      );
      const pairs = records.flatMap((one, at) =>
        records.slice(at + 1).map((other) => [one, other] as const),
      );
      const repeated = pairs.flatMap(([one, other]) => whatRepeats(one, other));
      const [first, second] = records as [SealedCredential, SealedCredential];
      const rotated = lab.vault(keksOf(lab, 'v2', 'v1'));
      const borrowed = await rotated.open(mixed(first, second), ALICE);
      // Under a wrong key CBC may give anything; only the right text means that the key is shared.
      if ('value' in borrowed && borrowed.value === texts[1]) {
        repeated.push('The wrapped data key of one record opens another record.');
      }
      repeated.push(...(await whatRepeatsInRotations(rotated, first)));
      return found(repeated);
    },
  }),

  defineAttack<{
    identities: CredentialIdentity[];
    move: 'whole record' | 'data key' | 'ciphertext';
    operation: Operation;
  }>({
    id: 'env-record-swap',
    title: 'Somebody else’s record',
    level: 'core',
    story:
      'The attacker changes no bit. They copy Alice’s record into their own row, or only half of it, and let the server use her key for them. Every part of it is genuine.',
    secureAnswer:
      '`open` and `rewrap` throw. The record id, the owner and the provider are authenticated with the record, in a form in which no two identities look the same.',
    lessonAnchor: 'whose-record',
    references: [
      cwe(345, 'Insufficient Verification of Data Authenticity'),
      cwe(639, 'Authorization Bypass Through User-Controlled Key'),
      rfc(5116, '2.1'),
    ],
    payload: z.strictObject({
      /** Each of them is the victim of every other one. */
      identities: z.array(identityShape).min(2).max(12),
      move: z.enum(['whole record', 'data key', 'ciphertext']),
      operation,
    }),
    variants: {
      'another owner': {
        identities: [ALICE, { ...ALICE, owner: 'mallory' }],
        move: 'whole record',
        operation: 'open',
      },
      'another record of the same owner': {
        identities: [ALICE, { ...ALICE, recordId: '18' }],
        move: 'whole record',
        operation: 'open',
      },
      'another provider': {
        identities: [ALICE, { ...ALICE, provider: 'bank.example' }],
        move: 'whole record',
        operation: 'open',
      },
      'the same letters, cut elsewhere': {
        identities: cutElsewhere(''),
        move: 'whole record',
        operation: 'open',
      },
      'cut elsewhere, with signs between': {
        identities: cutElsewhere(':', '|', '/', '.'),
        move: 'whole record',
        operation: 'open',
      },
      'cut elsewhere, with signs few expect': {
        identities: cutElsewhere('\0', '\n', ',', '","'),
        move: 'whole record',
        operation: 'open',
      },
      'names that look alike': {
        identities: [
          ALICE,
          { ...ALICE, owner: 'Alice' },
          { ...ALICE, owner: 'alice ' },
          { ...ALICE, owner: 'alic\u00e9' },
          { ...ALICE, owner: 'alic\u01e9' },
          { ...ALICE, owner: 'alice\u0301' },
          { ...ALICE, recordId: '017' },
        ],
        move: 'whole record',
        operation: 'open',
      },
      'only the ciphertext': {
        identities: [ALICE, MALLORY],
        move: 'ciphertext',
        operation: 'open',
      },
      'only the data key': {
        identities: [ALICE, MALLORY],
        move: 'data key',
        operation: 'open',
      },
      'a rotation of the wrong record': {
        identities: [ALICE, MALLORY],
        move: 'whole record',
        operation: 'rewrap',
      },
      'a rotation with somebody else’s data key': {
        identities: [ALICE, MALLORY],
        move: 'data key',
        operation: 'rewrap',
      },
    },
    async fire({ identities, move, operation: how }, lab) {
      const vault = lab.vault(keksOf(lab, 'v1'));
      const rows = await Promise.all(
        identities.map(async (of, index) => {
          const text = `sk-${index}-${lab.nonce}`;
          return { of, text, sealed: await sealIn(vault, text, of) };
        }),
      );
      const moves = rows.flatMap((victim) =>
        rows
          .filter((row) => JSON.stringify(row.of) !== JSON.stringify(victim.of))
          .map((attacker) => ({ victim, attacker })),
      );
      if (moves.length === 0) throw new StepFailed('All identities are the same one.');
      const outcomes = await Promise.all(
        moves.map(async ({ victim, attacker }) => {
          const made =
            move === 'whole record' ? victim.sealed : mixed(attacker.sealed, victim.sealed);
          const row = move === 'data key' ? victim : attacker;
          const answer = await vault[how](made, row.of);
          if ('refused' in answer) return revealed(answer, victim.text);
          const what = {
            'whole record': 'The record',
            'data key': 'The record with another’s key',
            ciphertext: 'The ciphertext',
          }[move];
          return how === 'open'
            ? [`${what} of ${shown(victim.of)} opened as that of ${shown(row.of)}.`]
            : [
                `${what} of ${shown(victim.of)} went through a rotation as that of ${shown(row.of)}.`,
              ];
        }),
      );
      return found(outcomes.flat());
    },
  }),

  defineAttack<{ cut: number | 'the whole member'; operation: Operation }>({
    id: 'env-short-tag',
    title: 'A shorter tag',
    level: 'core',
    story:
      'A tag of 16 bytes cannot be guessed, one of 4 bytes can, and one that may be missing need not be. The attacker cuts it off and sees whether the server still takes the record. Where there is no tag to begin with, any change goes unnoticed.',
    secureAnswer:
      '`open` and `rewrap` throw for a tag of any other length than the one it was sealed with. Node has to be told: `authTagLength: 16`.',
    lessonAnchor: 'tags-have-one-length',
    references: [
      cwe(347, 'Improper Verification of Cryptographic Signature'),
      noIntegrity,
      gcm,
      link(
        'Node.js, decipher.setAuthTag',
        'https://nodejs.org/api/crypto.html#deciphersetauthtagbuffer-encoding',
      ),
    ],
    payload: z.strictObject({
      /** Bytes less at the end of each tag. */
      cut: z.union([z.int().min(1).max(64), z.literal('the whole member')]),
      operation,
    }),
    variants: {
      'twelve bytes less': { cut: 12, operation: 'open' },
      'eight bytes less': { cut: 8, operation: 'open' },
      'four bytes less': { cut: 4, operation: 'open' },
      'one byte less': { cut: 1, operation: 'open' },
      'an empty tag': { cut: 64, operation: 'open' },
      'no tag': { cut: 'the whole member', operation: 'open' },
      'twelve bytes less, and then a rotation': { cut: 12, operation: 'rewrap' },
      'no tag, and then a rotation': { cut: 'the whole member', operation: 'rewrap' },
    },
    async fire({ cut, operation: how }, lab) {
      const vault = lab.vault(keksOf(lab, 'v1'));
      const sealed = await sealIn(vault, LONG_SECRET, ALICE);
      const shortened = withShortTag(sealed, cut === 'the whole member' ? undefined : cut);
      const answers = await Promise.all(shortened.map((record) => vault[how](record, ALICE)));
      const accepted = answers.some((answer) => 'value' in answer)
        ? [
            `The record was taken although ${typeof cut === 'number' ? `a tag was ${cut} bytes shorter, or empty` : 'a tag was missing'}.`,
          ]
        : [];
      const hasTag = ['tag', 'dekTag'].some((member) => bytesOf(sealed, member).length > 0);
      const unnoticed = hasTag
        ? []
        : await becameOfAll(vault, sealed, withOneBitChanged(sealed), LONG_SECRET, how);
      return found([...accepted, ...unnoticed.map((what) => `There is no tag. ${what}`)]);
    },
  }),

  defineAttack<{ keys: string | null }>({
    id: 'env-kek-length',
    title: 'Keys that are none',
    level: 'core',
    story:
      'Somebody sets WEATHER_KEKS in a hurry: a passphrase, half a key, nothing. If the server makes a key of that, it starts, all tests pass, and the attacker, who has a copy of the table, guesses. If it refuses and prints what it was given, the key stands in a log.',
    secureAnswer:
      'The server does not start. The message says which key is unusable and why, and contains no part of it.',
    lessonAnchor: 'keys-are-not-passwords',
    references: [
      cwe(1188, 'Initialization of a Resource with an Insecure Default'),
      cwe(326, 'Inadequate Encryption Strength'),
      cwe(532, 'Insertion of Sensitive Information into Log File'),
      rfc(4648, '4'),
    ],
    payload: z.strictObject({
      /**
       * As in WEATHER_KEKS; null: not set. `{{32 bytes}}` becomes so many random bytes in base64,
       * `{{16 bytes in hex}}` in hex.
       */
      keys: z.string().max(2000).nullable(),
    }),
    variants: {
      'not set': { keys: null },
      empty: { keys: '' },
      'blanks only': { keys: ' \n ' },
      'a version without a key': { keys: 'v1=' },
      'a key without a version': { keys: '{{32 bytes}}' },
      'an empty version': { keys: '={{32 bytes}}' },
      'a colon for the equals sign': { keys: 'v1:{{32 bytes}}' },
      '16 bytes': { keys: 'v1={{16 bytes}}' },
      '31 bytes': { keys: 'v1={{31 bytes}}' },
      '33 bytes': { keys: 'v1={{33 bytes}}' },
      '64 bytes': { keys: 'v1={{64 bytes}}' },
      '16 bytes in hex': { keys: 'v1={{16 bytes in hex}}' },
      'a passphrase': { keys: 'v1=Tr0ub4dor&3' },
      'a short one, without its version': { keys: 'hunter2' },
      'a passphrase of 32 letters': { keys: 'v1=Tr0ub4dor-Zebra-Quixotic-Jukebox' },
      'what is no base64': { keys: 'v1=%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%' },
      'all zeros': { keys: `v1=${'A'.repeat(43)}=` },
      'a typo in the second of two': { keys: 'v2={{32 bytes}} v1={{31 bytes}}' },
      'a good one, and nothing for the second': { keys: 'v2={{32 bytes}} v1=' },
    },
    async fire({ keys }, lab) {
      const text = keys === null ? undefined : withRandomKeys(lab, keys);
      if (text?.trim() && text.trim().split(/\s+/).every(isGoodKey)) {
        throw new StepFailed('These are good keys, so that there is nothing to refuse.');
      }
      const sealed = await lab.vault(text).seal(`sk-${lab.nonce}`, ALICE);
      if ('value' in sealed) {
        const given = keys === null ? 'nothing' : JSON.stringify(keys);
        return found([`It was given ${given} for keys, and sealed a credential under that.`]);
      }
      return found(
        showsKey(sealed.refused, text ?? '')
          ? ['The message that goes to the log contains a good part of a key.']
          : [],
      );
    },
  }),

  defineAttack<{ versions: string[]; operation: Operation }>({
    id: 'env-unknown-version',
    title: 'A version that nobody has',
    level: 'core',
    story:
      'The version in a record is the attacker’s text as well. They write one in that does not exist, or another one that does. If the vault falls back on the current key, or tries them all, the label means nothing: whoever counts records by it before an old key is thrown away counts wrong.',
    secureAnswer:
      '`open` and `rewrap` throw. A version leads to its own key or to none, and it is authenticated with the wrapped key.',
    lessonAnchor: 'rotation',
    references: [
      cwe(345, 'Insufficient Verification of Data Authenticity'),
      cwe(636, 'Not Failing Securely'),
    ],
    payload: z.strictObject({ versions: z.array(z.string().max(100)).min(1).max(12), operation }),
    variants: {
      'one that does not exist': { versions: ['v9'], operation: 'open' },
      'no version': { versions: [''], operation: 'open' },
      'another key’s': { versions: ['v9', 'v0'], operation: 'open' },
      'members of every object': {
        versions: ['__proto__', 'constructor', 'toString'],
        operation: 'open',
      },
      'in capitals': { versions: ['V1'], operation: 'open' },
      'and then a rotation': { versions: ['v9', 'v0', ''], operation: 'rewrap' },
    },
    async fire({ versions, operation: how }, lab) {
      const vault = lab.vault(keksOf(lab, 'v1', 'v0'));
      const sealed = await sealIn(vault, `sk-${lab.nonce}`, ALICE);
      const breaches: string[] = [];
      for (const kekVersion of versions.filter((version) => version !== sealed.kekVersion)) {
        const answer = await vault[how]({ ...sealed, kekVersion }, ALICE);
        if ('value' in answer) {
          const done = how === 'open' ? 'was opened' : 'went through a rotation';
          breaches.push(`A record sealed under v1 ${done} as one of version “${kekVersion}”.`);
        }
      }
      return found(breaches);
    },
  }),
];

/** What two records have in common that only a repeated key or IV explains; sentences. */
function whatRepeats(one: SealedCredential, other: SealedCredential): string[] {
  const repeated: string[] = [];
  // A constant IV in front of the ciphertext is no harm if every record has its own key.
  const run = longestCommonRun(bytesOf(one, 'encrypted'), bytesOf(other, 'encrypted'));
  if (run >= 32) {
    repeated.push(
      `The ciphertexts of two records are the same for ${run} bytes: so are the texts.`,
    );
  }
  // The 8 bytes that AES key wrap begins with are always the same, and meant to be (RFC 3394).
  const iv = bytesOf(one, 'dekIv');
  const sameIv = iv.length >= 12 && iv.equals(bytesOf(other, 'dekIv'));
  const sameKey = one.encryptedDek === other.encryptedDek;
  if (sameIv && !sameKey) repeated.push('Two data keys are wrapped with the same KEK and IV.');
  return repeated;
}

/**
 * A data key that is wrapped twice, and looks the same, in a cipher that adds nothing to its length:
 * the IV is the same, wherever it is kept. (AES key wrap adds 8 bytes, and an IV that is made from
 * the data key itself is another one for every record.)
 */
async function whatRepeatsInRotations(
  vault: LabVault,
  record: SealedCredential,
): Promise<string[]> {
  const one = await vault.rewrap(record, ALICE);
  const other = await vault.rewrap(record, ALICE);
  if ('refused' in one || 'refused' in other) return [];
  const sameKey = one.value.encryptedDek === other.value.encryptedDek;
  const nothingAdded = bytesOf(one.value, 'encryptedDek').length === 32;
  const iv = bytesOf(one.value, 'dekIv');
  const ivOfItsOwn = iv.length >= 12 && iv.equals(bytesOf(other.value, 'dekIv'));
  return sameKey && nothingAdded && !ivOfItsOwn
    ? ['A data key that is wrapped twice looks the same: the KEK and its IV are.']
    : [];
}

/** Fills in the random keys of `env-kek-length`. */
const withRandomKeys = (lab: LabSession, keys: string): string =>
  keys.replaceAll(/\{\{(\d{1,2}) bytes( in hex)?\}\}/g, (_all, length: string, inHex, at: number) =>
    random(lab, `key ${at}`, Number(length)).toString(inHex ? 'hex' : 'base64'),
  );

/** Whether nobody can object to a pair. */
function isGoodKey(pair: string): boolean {
  const [, spelled = ''] = /^[\w.-]+=(.*)$/.exec(pair) ?? [];
  const key = Buffer.from(spelled, 'base64');
  return key.length === 32 && key.some((byte) => byte !== 0) && key.toString('base64') === spelled;
}

/** Whether `message` holds a good part of a key in `keys`, as it was spelled or as bytes. */
function showsKey(message: string, keys: string): boolean {
  const squeezed = message.replaceAll(/\s/g, '');
  return keys.split(/[\s=:]+/).some((key) => {
    const bytes = Buffer.from(key, 'base64');
    const spellings = [key, bytes.toString('base64url'), bytes.toString('hex')];
    return spellings.some((spelling) => reveals(squeezed, spelling));
  });
}

const shown = ({ recordId, owner, provider }: CredentialIdentity): string =>
  JSON.stringify([recordId, owner, provider]);

/** What was decrypted under the wrong key is mostly no text. */
const excerpt = (text: string): string => {
  const printable = text.replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{Sc}\p{Sm} ]/gu, '·');
  return printable.length > 40 ? `“${printable.slice(0, 40)}…”` : `“${printable}”`;
};

const TEXTS: Record<string, string> = {
  'an API key': 'sk-0123456789abcdef',
  'one letter': 'x',
  'a password with other letters': 'Pässwörd 東京 🔑',
  'a private key of several lines': `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n'.repeat(50)}`,
  'a text of 100,000 characters': '0123456789'.repeat(10_000),
};

const uses: LegitimateUse[] = [
  {
    id: 'credentials-open-as-sealed',
    title: 'What was sealed opens as it was',
    why: 'Credentials are passwords in any script, and keys of several lines. A vault that changes them locks everybody out.',
    lessonAnchor: 'envelope-encryption',
    references: [gcm],
    worksOnBaseline: true,
    async try(lab) {
      const vault = lab.vault(keksOf(lab, 'v1'));
      const identities = [ALICE, identity('a|b', 'ünï çödé', '__proto__')];
      const problems: string[] = [];
      for (const [what, text] of Object.entries(TEXTS)) {
        for (const of of identities) {
          const sealed = await vault.seal(text, of);
          const problem =
            'refused' in sealed
              ? `it was not sealed (${sealed.refused})`
              : await whyNotOpened(vault, sealed.value, text, of);
          if (problem) problems.push(`With ${what}: ${problem}`);
        }
      }
      return problems;
    },
  },
  {
    id: 'vaults-share-keys',
    title: 'A second server with the same keys opens them',
    why: 'A vault lives in one process; records outlive it. Servers are restarted and run side by side.',
    lessonAnchor: 'where-the-kek-comes-from',
    references: [gcm],
    worksOnBaseline: true,
    async try(lab) {
      const [v1, v2] = [keksOf(lab, 'v1'), keksOf(lab, 'v12')];
      const sealed = await lab.vault(`${v1} ${v2}`).seal('sk-0123456789', ALICE);
      if ('refused' in sealed) return [`It was not sealed: ${sealed.refused}`];
      const problems: string[] = [];
      for (const keys of [v1, `${v1}\n`, `${v1}\n${v2}\n`, `${v2}\t${v1}`, ` ${v2}\r\n${v1} `]) {
        const problem = await whyNotOpened(lab.vault(keys), sealed.value, 'sk-0123456789', ALICE);
        if (problem) problems.push(`${problem} (${keys.split(/\s+/).filter(Boolean).length} keys)`);
      }
      return problems;
    },
  },
  {
    id: 'rotation-moves-the-key-only',
    title: 'A rotation wraps the key anew',
    why: 'A new KEK comes, old records go on opening, and rewrapping one is cheap: its ciphertext stays. Afterwards the old KEK may go.',
    lessonAnchor: 'rotation',
    references: [
      link('NIST SP 800-57 Part 1', 'https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final'),
    ],
    worksOnBaseline: true,
    async try(lab) {
      const before = lab.vault(keksOf(lab, 'v1'));
      const during = lab.vault(keksOf(lab, 'v2', 'v1'));
      const after = lab.vault(keksOf(lab, 'v2'));
      const old = await sealIn(before, LONG_SECRET, ALICE);
      const stillOpens = await whyNotOpened(during, old, LONG_SECRET, ALICE);
      if (stillOpens) return [`With v2 in front of v1: ${stillOpens}`];
      const moved = await during.rewrap(old, ALICE);
      if ('refused' in moved) return [`A record under v1 was not rewrapped: ${moved.refused}`];
      const again = await during.rewrap(moved.value, ALICE);
      const problems: string[] = [];
      if (moved.value.kekVersion !== 'v2') {
        problems.push(
          `The rewrapped record says ${moved.value.kekVersion}; v2 is the current one.`,
        );
      }
      if (moved.value.encrypted !== old.encrypted) {
        problems.push(
          'Rewrapping changed the ciphertext; only the data key is to be wrapped anew.',
        );
      }
      if ('refused' in again) problems.push(`Rewrapping twice failed: ${again.refused}`);
      const opened = await whyNotOpened(after, moved.value, LONG_SECRET, ALICE);
      if (opened) problems.push(`Rewrapped, and then with v2 alone: ${opened}`);
      const original = await whyNotOpened(during, old, LONG_SECRET, ALICE);
      if (original) problems.push(`The record from before the rotation: ${original}`);
      return problems;
    },
  },
  {
    id: 'records-tell-nothing',
    title: 'A record alone tells nothing',
    why: 'Whoever copies the table must have neither the credential nor what opens it.',
    lessonAnchor: 'envelope-encryption',
    references: [cwe(312, 'Cleartext Storage of Sensitive Information')],
    worksOnBaseline: true,
    async try(lab) {
      const text = `sk-${lab.nonce}-${lab.nonce}`;
      const sealed = await sealIn(lab.vault(keksOf(lab, 'v1')), text, ALICE);
      const members = Object.keys(sealed).map((name) => bytesOf(sealed, name));
      const spelled = JSON.stringify(sealed);
      const problems: string[] = [];
      const secrets = { credential: Buffer.from(text), 'key encryption key': random(lab, 'v1') };
      for (const [what, bytes] of Object.entries(secrets)) {
        const shows =
          members.some((member) => member.includes(bytes)) ||
          (['utf8', 'hex', 'base64'] as const).some((encoding) =>
            spelled.includes(bytes.toString(encoding).replace(/=+$/, '')),
          );
        if (shows) problems.push(`The record contains the ${what}.`);
      }
      const otherKey = `v1=${random(lab, 'another').toString('base64')}`;
      const opened = await lab.vault(otherKey).open(sealed, ALICE);
      if ('value' in opened)
        problems.push('The record opens with a key encryption key it was not sealed under.');
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = { attacks, uses };
