import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { createRequestStateCodec, type ServerContext } from '@modelcontextprotocol/server';
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import type { AskedCall, CreateStateSeal } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const FIVE_MINUTES_MS = 5 * 60_000;

const refuse = (): never => {
  throw new InvalidInputError('This answer belongs to no open question.');
};

interface Note {
  id: string;
  about: string;
  until: number;
}

const userOf = ({ actor }: AskedCall): unknown => [actor?.issuer, actor?.subject];
const everything = (asked: AskedCall): unknown[] => [
  userOf(asked),
  asked.tool,
  asked.arguments,
  asked.question,
];

interface Choices {
  /** What the note is about. */
  about?: (asked: AskedCall) => unknown[];
  lifetimeMs?: number;
  /** What vouches for a body. */
  proofOf?: (body: string, key: Buffer) => string;
  isProof?: (proof: string, expected: string) => boolean;
  /** What is remembered of a state that was opened; undefined: nothing. */
  usedUp?: (note: Note, state: string) => string | undefined;
  forgetAfterMs?: number;
}

/** Right in all that is not chosen otherwise. */
const sealWith =
  (choices: Choices): CreateStateSeal =>
  (key) => {
    const {
      about = everything,
      lifetimeMs = FIVE_MINUTES_MS,
      proofOf = hmac,
      isProof = (proof, expected) => proof === expected,
      usedUp = ({ id }) => id,
      forgetAfterMs = FIVE_MINUTES_MS,
    } = choices;
    const used = new Map<string, number>();
    return {
      seal(asked) {
        const note: Note = {
          id: randomUUID(),
          about: digest(about(asked)),
          until: Date.now() + lifetimeMs,
        };
        const body = Buffer.from(JSON.stringify(note)).toString('base64url');
        return `${body}.${proofOf(body, key)}`;
      },
      open(state, asked) {
        const [body = '', proof = ''] = state.split('.');
        if (!isProof(proof, proofOf(body, key))) refuse();
        const note = noteIn(body);
        if (note?.about !== digest(about(asked)) || note.until < Date.now()) return refuse();
        const remembered = usedUp(note, state);
        if (remembered === undefined) return;
        if ((used.get(remembered) ?? 0) > Date.now()) refuse();
        used.set(remembered, Date.now() + forgetAfterMs);
      },
    };
  };

const digest = (members: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(members)).digest('base64url');
const hmac = (body: string, key: Buffer): string =>
  createHmac('sha256', key).update(body).digest('base64url');

function noteIn(body: string): Note | undefined {
  try {
    return JSON.parse(Buffer.from(body, 'base64url').toString()) as Note;
  } catch {
    return undefined;
  }
}

/** The words between the quotation marks. */
const wordsIn = ({ question }: AskedCall): string => question.replace(/^.*?“/, '');

const NO_CONTEXT = {} as ServerContext;

export const mistakes: Mistake[] = [
  {
    name: 'encoded-is-not-sealed',
    mistake: 'The state is read back and compared, but nothing vouches for it.',
    caughtBy: ['state-tampered', 'state-look-alike'],
    controls: { createStateSeal: sealWith({ isProof: () => true }) },
  },
  {
    name: 'half-of-the-proof',
    mistake: 'Only the beginning of the MAC is compared.',
    caughtBy: ['state-tampered'],
    controls: {
      createStateSeal: sealWith({
        isProof: (proof, expected) => proof.slice(0, 8) === expected.slice(0, 8),
      }),
    },
  },
  {
    name: 'as-much-proof-as-there-is',
    mistake: 'The MAC is compared as far as it goes, and an empty one goes nowhere.',
    caughtBy: ['state-tampered'],
    controls: {
      createStateSeal: sealWith({ isProof: (proof, expected) => expected.startsWith(proof) }),
    },
  },
  {
    name: 'a-hash-without-a-key',
    mistake: 'A hash vouches for the state, which anybody can compute.',
    caughtBy: ['state-tampered', 'state-look-alike'],
    controls: {
      createStateSeal: sealWith({
        proofOf: (body) => createHash('sha256').update(body).digest('base64url'),
      }),
    },
  },
  {
    name: 'an-empty-key',
    mistake: 'The MAC is made with an empty key, because the key was read from where none is.',
    caughtBy: ['state-tampered', 'state-look-alike'],
    controls: { createStateSeal: sealWith({ proofOf: (body) => hmac(body, Buffer.alloc(0)) }) },
  },
  {
    name: 'proof-of-a-part',
    mistake: 'The MAC covers what the state is about, and neither its number nor its time.',
    caughtBy: ['state-tampered'],
    controls: {
      createStateSeal: sealWith({ proofOf: (body, key) => hmac(noteIn(body)?.about ?? '', key) }),
    },
  },
  {
    name: 'hidden-but-not-sealed',
    mistake: 'The state is encrypted in counter mode, without a tag: bits can be flipped blindly.',
    caughtBy: ['state-tampered'],
    controls: {
      createStateSeal(key) {
        const used = new Set<string>();
        return {
          seal(asked) {
            const iv = randomBytes(16);
            const cipher = createCipheriv('aes-256-ctr', key, iv);
            const note: Note = {
              id: randomUUID(),
              about: digest(everything(asked)),
              until: Date.now() + FIVE_MINUTES_MS,
            };
            const text = cipher.update(JSON.stringify(note));
            return Buffer.concat([iv, text]).toString('base64url');
          },
          open(state, asked) {
            const bytes = Buffer.from(state, 'base64url');
            if (bytes.length < 17) refuse();
            const cipher = createDecipheriv('aes-256-ctr', key, bytes.subarray(0, 16));
            const note = noteIn(cipher.update(bytes.subarray(16)).toString('base64url'));
            const isAbout = note?.about === digest(everything(asked));
            if (!isAbout || note.until < Date.now() || used.has(note.id)) return refuse();
            used.add(note.id);
          },
        };
      },
    },
  },
  {
    name: 'decodes-the-token',
    mistake: 'A JWT is decoded with jose, which reads it and verifies nothing.',
    caughtBy: ['state-tampered', 'state-look-alike'],
    controls: {
      createStateSeal(key) {
        const used = new Set<string>();
        return {
          seal: (asked) =>
            new SignJWT({ about: digest(everything(asked)) })
              .setProtectedHeader({ alg: 'HS256' })
              .setJti(randomUUID())
              .setExpirationTime(Math.floor((Date.now() + FIVE_MINUTES_MS) / 1000))
              .sign(key),
          open(state, asked) {
            try {
              const { about, exp = 0, jti = '' } = decodeJwt(state);
              const isAbout = about === digest(everything(asked));
              if (isAbout && exp * 1000 > Date.now() && !used.has(jti)) return void used.add(jti);
            } catch {
              // Said below.
            }
            return refuse();
          },
        };
      },
    },
  },
  {
    name: 'for-everybody',
    mistake: 'The state says what was asked, and not whom.',
    caughtBy: ['state-other-user', 'state-look-alike'],
    controls: {
      createStateSeal: sealWith({
        about: ({ tool, arguments: args, question }) => [tool, args, question],
      }),
    },
  },
  {
    name: 'for-a-name',
    mistake: 'The state is bound to the subject, which two issuers may give to two people.',
    caughtBy: ['state-other-user'],
    controls: {
      createStateSeal: sealWith({
        about: ({ actor, tool, arguments: args, question }) => [
          actor?.subject,
          tool,
          args,
          question,
        ],
      }),
    },
  },
  {
    name: 'for-a-name-in-small-letters',
    mistake: 'Names are compared without case, as if a subject were an address.',
    caughtBy: ['state-other-user'],
    controls: {
      createStateSeal: sealWith({
        about: ({ actor, tool, arguments: args, question }) => [
          actor?.issuer,
          actor?.subject.toLowerCase(),
          tool,
          args,
          question,
        ],
      }),
    },
  },
  {
    name: 'for-a-client',
    mistake: 'The state is bound to the client, which is another on the phone.',
    caughtBy: ['time-to-think'],
    controls: {
      createStateSeal: sealWith({
        about: (asked) => [asked.actor?.clientId, ...everything(asked)],
      }),
    },
  },
  {
    name: 'for-any-arguments',
    mistake: 'The state is bound to user and tool; which alert was meant is left open.',
    caughtBy: [
      'state-other-arguments',
      'state-look-alike',
      'state-other-object',
      'others-use-nothing-up',
    ],
    controls: { createStateSeal: sealWith({ about: (asked) => [userOf(asked), asked.tool] }) },
  },
  {
    name: 'for-what-it-says',
    mistake: 'The state is bound to what the alert says; two alerts may say the same.',
    caughtBy: ['state-other-arguments', 'state-look-alike', 'others-use-nothing-up'],
    controls: {
      createStateSeal: sealWith({
        about: (asked) => [userOf(asked), asked.tool, wordsIn(asked)],
      }),
    },
  },
  {
    name: 'for-any-tool',
    mistake: 'The state is bound to the alert, by number and words, and not to what is done to it.',
    caughtBy: ['state-other-tool'],
    controls: {
      createStateSeal: sealWith({
        about: (asked) => [userOf(asked), asked.arguments, wordsIn(asked)],
      }),
    },
  },
  {
    name: 'for-a-number',
    mistake:
      'The state is bound to the arguments, as the specification says, and a number is used again.',
    caughtBy: ['state-other-object'],
    controls: {
      createStateSeal: sealWith({
        about: (asked) => [userOf(asked), asked.tool, asked.arguments],
      }),
    },
  },
  {
    name: 'for-ever',
    mistake: 'The state has no end.',
    caughtBy: ['state-expired'],
    controls: { createStateSeal: sealWith({ lifetimeMs: Number.MAX_SAFE_INTEGER / 2 }) },
  },
  {
    name: 'as-long-as-the-codec-likes',
    mistake: 'The lifetime is left to the codec, which takes ten minutes.',
    caughtBy: ['state-expired'],
    controls: { createStateSeal: sealWith({ lifetimeMs: 600_000, forgetAfterMs: 600_000 }) },
  },
  {
    name: 'seconds-for-milliseconds',
    mistake: 'Five minutes in seconds are added to a time in milliseconds.',
    caughtBy: ['state-expired'],
    controls: { createStateSeal: sealWith({ lifetimeMs: 300 * 1000 * 1000 }) },
  },
  {
    name: 'half-a-minute-to-answer',
    mistake: 'The state is good for half a minute, which is too short to read and decide.',
    caughtBy: ['time-to-think'],
    controls: { createStateSeal: sealWith({ lifetimeMs: 30_000 }) },
  },
  {
    name: 'as-often-as-you-like',
    mistake: 'Signature, user, question and time are checked, and nobody remembers the state.',
    caughtBy: ['state-twice'],
    controls: { createStateSeal: sealWith({ usedUp: () => undefined }) },
  },
  {
    name: 'remembers-the-text',
    mistake: 'The text of the state is remembered; base64 has other texts for the same bytes.',
    caughtBy: ['state-twice'],
    controls: {
      createStateSeal: sealWith({
        usedUp: (_note, state) => state,
        isProof: (proof, expected) =>
          Buffer.from(proof, 'base64url').equals(Buffer.from(expected, 'base64url')),
      }),
    },
  },
  {
    name: 'remembers-for-a-minute',
    mistake: 'States that were opened are forgotten after a minute, and are good for five.',
    caughtBy: ['state-twice'],
    controls: { createStateSeal: sealWith({ forgetAfterMs: 60_000 }) },
  },
  {
    name: 'remembers-the-question',
    mistake: 'What is remembered is the question, so that it can never be asked again.',
    caughtBy: ['a-no-ends-it', 'asks-again-for-what-is-missing', 'several-questions-at-once'],
    controls: {
      createStateSeal: sealWith({ usedUp: ({ about }) => about, forgetAfterMs: 86_400_000 }),
    },
  },
  {
    name: 'looks-then-waits',
    mistake: 'It looks whether the state was used, waits for the codec, and notes it afterwards.',
    caughtBy: ['state-twice'],
    controls: {
      createStateSeal(key) {
        const codec = createRequestStateCodec<{ id: string; about: string }>({
          key,
          ttlSeconds: 300,
        });
        const used = new Set<string>();
        return {
          seal: (asked) => codec.mint({ id: randomUUID(), about: digest(everything(asked)) }),
          async open(state, asked) {
            const body = state.split('.')[1] ?? '';
            if (used.has(body)) refuse();
            const note = await codec.verify(state, NO_CONTEXT).catch(refuse);
            if (note.about !== digest(everything(asked))) refuse();
            used.add(body);
          },
        };
      },
    },
  },
  {
    name: 'used-up-by-anybody',
    mistake: 'The state is used up before it is known whose it is.',
    caughtBy: ['others-use-nothing-up', 'state-look-alike'],
    controls: {
      createStateSeal(key) {
        const seal = sealWith({ usedUp: () => undefined })(key);
        const used = new Set<string>();
        return {
          seal: (asked) => seal.seal(asked),
          async open(state, asked) {
            const [body = '', proof = ''] = state.split('.');
            if (proof !== hmac(body, key) || used.has(body)) refuse();
            used.add(body);
            await seal.open(state, asked);
          },
        };
      },
    },
  },
  {
    name: 'one-question-a-user',
    mistake: 'Each user has one open question, and the next one takes its place.',
    caughtBy: ['several-questions-at-once', 'state-look-alike'],
    controls: {
      createStateSeal() {
        const open = new Map<string, { state: string; about: string; until: number }>();
        return {
          seal(asked) {
            const state = randomUUID();
            const about = digest(everything(asked));
            open.set(digest([userOf(asked)]), {
              state,
              about,
              until: Date.now() + FIVE_MINUTES_MS,
            });
            return state;
          },
          open(state, asked) {
            const user = digest([userOf(asked)]);
            const found = open.get(user);
            const isOpen = found?.state === state && found.until > Date.now();
            if (!isOpen || found.about !== digest(everything(asked))) return refuse();
            open.delete(user);
          },
        };
      },
    },
  },
  {
    name: 'errors-of-the-library',
    mistake:
      'What the library throws goes through as it is, so that the server seems to be out of order.',
    caughtBy: ['state-tampered', 'state-expired', 'state-twice'],
    controls: {
      createStateSeal(key) {
        const used = new Set<string>();
        return {
          seal: (asked) =>
            new SignJWT({ about: digest(everything(asked)) })
              .setProtectedHeader({ alg: 'HS256' })
              .setJti(randomUUID())
              .setExpirationTime(Math.floor((Date.now() + FIVE_MINUTES_MS) / 1000))
              .sign(key),
          async open(state, asked) {
            const { payload } = await jwtVerify(state, key);
            const { about, jti = '' } = payload;
            if (about !== digest(everything(asked)) || used.has(jti)) refuse();
            used.add(jti);
          },
        };
      },
    },
  },
];
