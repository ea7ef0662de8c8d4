import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import type {
  Actor,
  AskedCall,
  ClientAnswer,
  CreateExportHandles,
  CreateStateSeal,
  ExportJob,
  RequireConfirmation,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError, NotFoundError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const MINUTE_MS = 60_000;
const refuse = (): never => {
  throw new InvalidInputError('This answer belongs to no open question.');
};
const none = (): never => {
  throw new NotFoundError('There is no such export.');
};
const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url');
const nameOf = (actor: Actor | undefined): string =>
  JSON.stringify(actor ? [actor.issuer, actor.subject] : null);
const hmac = (body: string, key: Buffer): string =>
  createHmac('sha256', key).update(body).digest('base64url');

interface Note {
  id: string;
  user: string;
  about: string;
  made: number;
}

interface SealChoices {
  userOf?: (actor: Actor | undefined) => string;
  isUser?: (note: Note, actor: Actor | undefined) => boolean;
  argumentsOf?: (args: AskedCall['arguments']) => unknown;
  wordsOf?: (question: string) => string;
  idOf?: () => string;
  isOver?: (made: number, now: number) => boolean;
  isProof?: (proof: string, expected: string) => boolean;
  keyOf?: (key: Buffer) => Buffer;
  /** Called with each new state. */
  made?: (note: Note, asked: AskedCall) => void;
  isCurrent?: (note: Note, asked: AskedCall) => boolean;
  /** Notes an id, and says whether it was there. */
  takes?: () => (note: Note, now: number) => boolean;
}

const rememberFor = (ms: number) => () => {
  const used = new Map<string, number>();
  return ({ id }: Note, now: number): boolean => {
    if ((used.get(id) ?? 0) > now) return false;
    used.set(id, now + ms);
    return true;
  };
};

/** Right in all that is not chosen otherwise. */
const sealWith =
  (choices: SealChoices): CreateStateSeal =>
  (given) => {
    const {
      userOf = nameOf,
      argumentsOf = (args) => args,
      wordsOf = (question) => question,
      idOf = () => randomUUID(),
      isOver = (made, now) => now - made > 5 * MINUTE_MS,
      isProof = (proof, expected) => proof === expected,
      keyOf = (key) => key,
      made,
      isCurrent = () => true,
      takes = rememberFor(6 * MINUTE_MS),
    } = choices;
    const { isUser = (note: Note, actor: Actor | undefined) => note.user === userOf(actor) } =
      choices;
    const key = keyOf(given);
    const take = takes();
    const aboutOf = ({ tool, arguments: args, question }: AskedCall): string =>
      digest([tool, argumentsOf(args), wordsOf(question)]);
    return {
      seal(asked) {
        const note: Note = {
          id: idOf(),
          user: userOf(asked.actor),
          about: aboutOf(asked),
          made: Date.now(),
        };
        made?.(note, asked);
        const body = Buffer.from(JSON.stringify(note)).toString('base64url');
        return `${body}.${hmac(body, key)}`;
      },
      open(state, asked) {
        const [body = '', proof = '', ...more] = state.split('.');
        if (more.length > 0 || !isProof(proof, hmac(body, key))) return refuse();
        const note = JSON.parse(Buffer.from(body, 'base64url').toString()) as Note;
        const now = Date.now();
        if (isOver(note.made, now) || !isUser(note, asked.actor)) return refuse();
        if (note.about !== aboutOf(asked) || !isCurrent(note, asked)) return refuse();
        if (!take(note, now)) refuse();
      },
    };
  };

/** Keeps the first key, for all. */
const firstKey = () => {
  let first: Buffer | undefined;
  return (key: Buffer) => (first ??= key);
};

const newestOnly = (): SealChoices => {
  const newest = new Map<string, string>();
  const placeOf = ({ actor, tool, arguments: args }: AskedCall) =>
    JSON.stringify([nameOf(actor), tool, args]);
  return {
    made: ({ id }, asked) => void newest.set(placeOf(asked), id),
    isCurrent: ({ id }, asked) => newest.get(placeOf(asked)) === id,
  };
};

/** AES-GCM with whatever length of tag comes back. */
const anyTag: CreateStateSeal = (key) => {
  const take = rememberFor(6 * MINUTE_MS)();
  const aboutOf = (asked: AskedCall) =>
    digest([nameOf(asked.actor), asked.tool, asked.arguments, asked.question]);
  return {
    seal(asked) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const note: Note = { id: randomUUID(), user: '', about: aboutOf(asked), made: Date.now() };
      const data = Buffer.concat([cipher.update(JSON.stringify(note)), cipher.final()]);
      return [iv, data, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.');
    },
    open(state, asked) {
      let note: Note;
      try {
        const [iv, data, tag] = state.split('.').map((part) => Buffer.from(part, 'base64url'));
        if (!iv || !data || !tag) return refuse();
        const decipher = createDecipheriv('aes-256-gcm', key, iv);
        decipher.setAuthTag(tag);
        note = JSON.parse(
          Buffer.concat([decipher.update(data), decipher.final()]).toString(),
        ) as Note;
      } catch {
        return refuse();
      }
      const now = Date.now();
      if (now - note.made > 5 * MINUTE_MS || note.about !== aboutOf(asked)) return refuse();
      if (!take(note, now)) refuse();
    },
  };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

interface ConfirmChoices {
  answerIn?: (responses: unknown) => unknown;
  isAction?: (action: unknown) => boolean;
  isTicked?: (confirm: unknown) => boolean;
  before?: (answer: ClientAnswer) => void;
}

/** Right in all that is not chosen otherwise. */
const confirmWith =
  (choices: ConfirmChoices): RequireConfirmation =>
  async (asked, answer, seal) => {
    const {
      answerIn = (responses) => (isObject(responses) ? responses.confirm : undefined),
      isAction = (action) => action === 'accept',
      isTicked = (confirm) => confirm === true,
      before,
    } = choices;
    const { requestState, inputResponses, capabilities } = answer;
    const { elicitation } = capabilities;
    if (!isObject(elicitation) || ('url' in elicitation && !('form' in elicitation))) {
      throw new InvalidInputError('This client cannot ask its user. Use one that can.');
    }
    if (requestState === undefined) return { askWith: await seal.seal(asked) };
    before?.(answer);
    await seal.open(requestState, asked);
    const given = answerIn(inputResponses);
    if (!isObject(given) || typeof given.action !== 'string') {
      return { askWith: await seal.seal(asked) };
    }
    const ticked = isObject(given.content) ? given.content.confirm : undefined;
    if (isAction(given.action) && isTicked(ticked)) return 'given';
    throw new InvalidInputError('The user has not said yes. Nothing was changed.');
  };

interface HandleChoices {
  newHandle?: (actor: Actor | undefined, count: number) => string;
  nameOf?: (actor: Actor | undefined) => string;
  untilOf?: (job: ExportJob) => number;
  store?: () => Map<string, { owner: string; job: ExportJob; until: number }>;
  added?: (jobs: Map<string, unknown>) => void;
  endIgnoresTime?: boolean;
  quietEnd?: boolean;
}

/** Right in all that is not chosen otherwise. */
const handlesWith =
  (choices: HandleChoices): CreateExportHandles =>
  () => {
    const {
      newHandle = () => randomBytes(24).toString('base64url'),
      nameOf: ownerOf = nameOf,
      untilOf = () => Date.now() + 15 * MINUTE_MS,
      store = () => new Map(),
      added,
      endIgnoresTime,
      quietEnd,
    } = choices;
    const jobs = store();
    let count = 0;
    const own = (actor: Actor | undefined, handle: string, anyTime = false): ExportJob => {
      const found = jobs.get(handle);
      if (!found || found.owner !== ownerOf(actor)) return none();
      if (!anyTime && found.until <= Date.now()) return none();
      return found.job;
    };
    return {
      issue(actor, job) {
        const handle = newHandle(actor, ++count);
        jobs.set(handle, { owner: ownerOf(actor), job, until: untilOf(job) });
        added?.(jobs);
        return handle;
      },
      find: (actor, handle) => own(actor, handle),
      end(actor, handle) {
        if (quietEnd && !jobs.has(handle)) return;
        own(actor, handle, endIgnoresTime);
        jobs.delete(handle);
      },
    };
  };

/** A plain object for each user's handles. */
const plainObjects: CreateExportHandles = () => {
  const users = new Map<string, Record<string, { job: ExportJob; until: number }>>();
  const own = (actor: Actor | undefined, handle: string) => {
    const mine = users.get(nameOf(actor)) ?? {};
    const found = mine[handle];
    if (!found || found.until < Date.now()) return none();
    return { mine, found };
  };
  return {
    issue(actor, job) {
      const handle = randomBytes(24).toString('base64url');
      const mine = users.get(nameOf(actor)) ?? {};
      mine[handle] = { job, until: Date.now() + 15 * MINUTE_MS };
      users.set(nameOf(actor), mine);
      return handle;
    },
    find: (actor, handle) => own(actor, handle).found.job,
    end(actor, handle) {
      delete own(actor, handle).mine[handle];
    },
  };
};

const shared = new Map<string, { owner: string; job: ExportJob; until: number }>();

export const mistakes: Mistake[] = [
  {
    name: 'wording-without-case',
    mistake: 'The wording is compared in lower case.',
    caughtBy: ['state-other-object'],
    controls: { createStateSeal: sealWith({ wordsOf: (words) => words.toLowerCase() }) },
  },
  {
    name: 'wording-begins-alike',
    mistake: 'Only the first 80 characters of the question are sealed.',
    caughtBy: ['state-other-object'],
    controls: { createStateSeal: sealWith({ wordsOf: (words) => words.slice(0, 80) }) },
  },
  {
    name: 'wording-without-accents',
    mistake: 'The question is normalized, and loses its accents and marks.',
    caughtBy: ['state-other-object'],
    controls: {
      createStateSeal: sealWith({
        wordsOf: (words) => words.normalize('NFKD').replaceAll(/\p{M}/gu, ''),
      }),
    },
  },
  {
    name: 'wording-letters-only',
    mistake: 'Only letters of the question are compared, so that spaces and numbers do not count.',
    caughtBy: ['state-other-object'],
    controls: {
      createStateSeal: sealWith({ wordsOf: (words) => words.replaceAll(/[^\p{L}]/gu, '') }),
    },
  },
  {
    name: 'user-joined-ambiguously',
    mistake: 'Issuer and subject are joined by a colon, which either may have.',
    caughtBy: ['state-look-alike'],
    controls: {
      createStateSeal: sealWith({ userOf: (actor) => `${actor?.issuer}:${actor?.subject}` }),
    },
  },
  {
    name: 'first-key-for-all',
    mistake: 'The key is kept in the module, so that each server seals with the first one.',
    caughtBy: ['state-look-alike'],
    controls: () => ({ createStateSeal: sealWith({ keyOf: firstKey() }) }),
  },
  {
    name: 'nested-arguments-dropped',
    mistake:
      'Arguments are sorted with a list for JSON.stringify, which leaves out nested members.',
    caughtBy: ['state-look-alike'],
    controls: {
      createStateSeal: sealWith({
        argumentsOf: (args) => JSON.stringify(args, Object.keys(args).sort()),
      }),
    },
  },
  {
    name: 'last-hundred-used',
    mistake: 'Only the last hundred used ids are remembered.',
    caughtBy: ['state-twice'],
    controls: {
      createStateSeal: sealWith({
        takes: () => {
          const used = new Set<string>();
          return ({ id }) => {
            if (used.has(id)) return false;
            used.add(id);
            const [oldest] = used;
            if (used.size > 100 && oldest !== undefined) used.delete(oldest);
            return true;
          };
        },
      }),
    },
  },
  {
    name: 'used-ids-swept-at-once',
    mistake: 'Every five minutes all used ids are thrown away at once, the youngest too.',
    caughtBy: ['state-twice'],
    controls: {
      createStateSeal: sealWith({
        takes: () => {
          const used = new Set<string>();
          let swept = Date.now();
          return ({ id }, now) => {
            if (now - swept > 5 * MINUTE_MS) {
              used.clear();
              swept = now;
            }
            if (used.has(id)) return false;
            used.add(id);
            return true;
          };
        },
      }),
    },
  },
  {
    name: 'whole-minutes',
    mistake: 'The age is counted in whole minutes, so that five of them last nearly six.',
    caughtBy: ['state-expired'],
    controls: {
      createStateSeal: sealWith({
        isOver: (made, now) => Math.floor((now - made) / MINUTE_MS) > 5,
      }),
    },
  },
  {
    name: 'equal-lengths-of-text',
    mistake: 'Lengths are compared as texts, and timingSafeEqual throws where bytes differ.',
    caughtBy: ['state-tampered'],
    controls: {
      createStateSeal: sealWith({
        isProof: (proof, expected) =>
          proof.length === expected.length &&
          timingSafeEqual(Buffer.from(proof), Buffer.from(expected)),
      }),
    },
  },
  {
    name: 'tag-of-any-length',
    mistake: 'AES-GCM takes a tag of four bytes, if nobody says how long it has to be.',
    caughtBy: ['state-tampered'],
    controls: { createStateSeal: anyTag },
  },
  {
    name: 'nobody-is-anybody',
    mistake: 'The user is compared only if there is one.',
    caughtBy: ['state-look-alike'],
    controls: {
      createStateSeal: sealWith({ isUser: ({ user }, actor) => !actor || user === nameOf(actor) }),
    },
  },
  {
    name: 'newest-question-only',
    mistake: 'Asking for the same call again ends the question before.',
    caughtBy: ['several-questions-at-once', 'state-look-alike'],
    controls: () => ({ createStateSeal: sealWith(newestOnly()) }),
  },
  {
    name: 'loosely-true',
    mistake: 'Compares with `==`: 1, "1" and [1] are true.',
    caughtBy: ['answer-is-no-yes'],
    // oxlint-disable-next-line eqeqeq -- this is the mistake
    controls: { requireConfirmation: confirmWith({ isTicked: (confirm) => confirm == true }) },
  },
  {
    name: 'the-word-true',
    mistake: 'The text "true" counts.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({ isTicked: (confirm) => String(confirm) === 'true' }),
    },
  },
  {
    name: 'accept-in-any-case',
    mistake: 'The action is compared without regard to case and blanks.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({
        isAction: (action) => String(action).trim().toLowerCase() === 'accept',
      }),
    },
  },
  {
    name: 'begins-with-accept',
    mistake: 'Any action that begins with accept.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({
        isAction: (action) => String(action).startsWith('accept'),
      }),
    },
  },
  {
    name: 'trips-over-null',
    mistake: 'Reads `confirm` of answers that are null.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({
        answerIn: (responses = {}) => (responses as Record<string, unknown>).confirm,
      }),
    },
  },
  {
    name: 'cancel-uses-nothing-up',
    mistake: 'A cancel ends the call before the state is opened, which stays good.',
    caughtBy: ['state-twice'],
    controls: {
      requireConfirmation: confirmWith({
        before: ({ inputResponses }) => {
          const given = isObject(inputResponses) ? inputResponses.confirm : undefined;
          if (isObject(given) && given.action === 'cancel') {
            throw new InvalidInputError('The dialog was closed. Nothing was changed.');
          }
        },
      }),
    },
  },
  {
    name: 'empty-box-uses-nothing-up',
    mistake: 'An accept without the tick ends the call before the state is opened.',
    caughtBy: ['state-twice'],
    controls: {
      requireConfirmation: confirmWith({
        before: ({ inputResponses }) => {
          const given = isObject(inputResponses) ? inputResponses.confirm : undefined;
          const content = isObject(given) ? given.content : undefined;
          if (isObject(content) && content.confirm === false) {
            throw new InvalidInputError('The box is empty. Nothing was changed.');
          }
        },
      }),
    },
  },
  {
    name: 'handle-user-joined-ambiguously',
    mistake: 'Issuer and subject are joined by a slash.',
    caughtBy: ['handle-look-alike'],
    controls: {
      createExportHandles: handlesWith({ nameOf: (actor) => `${actor?.issuer}/${actor?.subject}` }),
    },
  },
  {
    name: 'from-when-it-is-done',
    mistake: 'The fifteen minutes begin when the job is done.',
    caughtBy: ['handle-expired'],
    controls: {
      createExportHandles: handlesWith({ untilOf: ({ doneAt }) => doneAt + 15 * MINUTE_MS }),
    },
  },
  {
    name: 'ends-what-is-over',
    mistake: 'An expired export can still be cancelled.',
    caughtBy: ['handle-expired'],
    controls: { createExportHandles: handlesWith({ endIgnoresTime: true }) },
  },
  {
    name: 'quiet-about-none',
    mistake: 'Cancelling what is not there is a success, somebody else’s is an error.',
    caughtBy: ['handle-tells'],
    controls: { createExportHandles: handlesWith({ quietEnd: true }) },
  },
  {
    name: 'hundred-for-all',
    mistake:
      'A hundred exports are kept for all users together, so that one can push out the others’.',
    caughtBy: ['exports-are-their-users'],
    controls: {
      createExportHandles: handlesWith({
        added: (jobs) => {
          const [oldest] = jobs.keys();
          if (jobs.size > 100 && oldest !== undefined) jobs.delete(oldest);
        },
      }),
    },
  },
  {
    name: 'hashed-count',
    mistake: 'The handle is a hash of the user and a count.',
    caughtBy: ['handle-guessed', 'handle-look-alike'],
    controls: {
      createExportHandles: handlesWith({
        newHandle: (actor, count) => digest([nameOf(actor), count]),
      }),
    },
  },
  {
    name: 'hashed-time',
    mistake: 'The handle is a hash of the millisecond and a count.',
    caughtBy: ['handle-guessed', 'handle-look-alike'],
    controls: {
      createExportHandles: handlesWith({
        newHandle: (_actor, count) => digest([Date.now(), count]),
      }),
    },
  },
  {
    name: 'sixteen-bits-stretched',
    mistake: 'Two random bytes, stretched by a hash.',
    caughtBy: ['handle-guessed'],
    controls: {
      createExportHandles: handlesWith({
        newHandle: () => digest(randomBytes(2).toString('hex')),
      }),
    },
  },
  {
    name: 'inherited-exports',
    mistake: 'Handles are members of a plain object, which has inherited ones.',
    caughtBy: ['handle-tells'],
    controls: { createExportHandles: plainObjects },
  },
  {
    name: 'one-store-for-all-servers',
    mistake: 'The store stands in the module, so that all servers of a process share it.',
    caughtBy: ['handle-look-alike'],
    controls: { createExportHandles: handlesWith({ store: () => shared }) },
  },
];
