import { randomBytes, randomUUID } from 'node:crypto';
import type {
  Actor,
  CreateExportHandles,
  ExportJob,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError, NotFoundError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const FIFTEEN_MINUTES_MS = 15 * 60_000;

interface Kept {
  owner: string;
  job: ExportJob;
  until: number;
}

interface Choices {
  makeHandle?: (actor: Actor | undefined, count: number) => string;
  ownerOf?: (actor: Actor | undefined) => string;
  mayFind?: boolean;
  mayEnd?: boolean;
  lifetimeMs?: number;
  /** Begins anew with each use. */
  slides?: boolean;
  notYours?: (handle: string, jobs: Map<string, Kept>) => never;
  notThere?: () => never;
  onIssue?: (jobs: Map<string, Kept>, owner: string) => void;
  onEnd?: (jobs: Map<string, Kept>, handle: string, owner: string) => void;
}

const notFound = (): never => {
  throw new NotFoundError('There is no such export.');
};

const person = (actor: Actor | undefined): string =>
  JSON.stringify(actor ? [actor.issuer, actor.subject] : null);

/** Right in all that is not chosen otherwise. */
const handlesWith =
  (choices: Choices): CreateExportHandles =>
  () => {
    const {
      makeHandle = () => randomUUID(),
      ownerOf = person,
      mayFind = false,
      mayEnd = false,
      lifetimeMs = FIFTEEN_MINUTES_MS,
      slides = false,
      notYours = notFound,
      notThere = notFound,
      onIssue = () => undefined,
      onEnd = (all, handle) => all.delete(handle),
    } = choices;
    const jobs = new Map<string, Kept>();
    let count = 0;
    function find(actor: Actor | undefined, handle: string, isAnybodys: boolean): ExportJob {
      const kept = jobs.get(handle);
      if (!kept || kept.until < Date.now()) return notThere();
      if (kept.owner !== ownerOf(actor) && !isAnybodys) return notYours(handle, jobs);
      if (slides) kept.until = Date.now() + lifetimeMs;
      return kept.job;
    }
    return {
      issue(actor, job) {
        const handle = makeHandle(actor, ++count);
        onIssue(jobs, ownerOf(actor));
        jobs.set(handle, { owner: ownerOf(actor), job, until: Date.now() + lifetimeMs });
        return handle;
      },
      find: (actor, handle) => find(actor, handle, mayFind),
      end(actor, handle) {
        find(actor, handle, mayEnd);
        onEnd(jobs, handle, ownerOf(actor));
      },
    };
  };

const forgetAllOf = (jobs: Map<string, Kept>, owner: string): void => {
  for (const [handle, kept] of jobs) if (kept.owner === owner) jobs.delete(handle);
};

export const mistakes: Mistake[] = [
  {
    name: 'the-handle-is-the-key',
    mistake: 'The handle is long and random, so that whoever has it may use it.',
    caughtBy: ['handle-other-user', 'handle-look-alike', 'handle-tells'],
    controls: { createExportHandles: handlesWith({ mayFind: true, mayEnd: true }) },
  },
  {
    name: 'anybody-may-end',
    mistake: 'Reading is for the owner, and ending for everybody.',
    caughtBy: ['handle-other-user', 'handle-look-alike', 'handle-tells'],
    controls: { createExportHandles: handlesWith({ mayEnd: true }) },
  },
  {
    name: 'anybody-may-read',
    mistake: 'Ending is for the owner, and reading for everybody.',
    caughtBy: ['handle-other-user', 'handle-look-alike', 'handle-tells'],
    controls: { createExportHandles: handlesWith({ mayFind: true }) },
  },
  {
    name: 'owned-by-a-subject',
    mistake: 'An export is kept under the subject, which two issuers may give to two people.',
    caughtBy: ['handle-other-user'],
    controls: {
      createExportHandles: handlesWith({ ownerOf: (actor) => actor?.subject ?? '' }),
    },
  },
  {
    name: 'owned-by-a-name-in-small-letters',
    mistake: 'Names are compared without case, as if a subject were an address.',
    caughtBy: ['handle-other-user'],
    controls: {
      createExportHandles: handlesWith({ ownerOf: (actor) => person(actor).toLowerCase() }),
    },
  },
  {
    name: 'owned-by-a-client',
    mistake: 'An export is kept under the client, so that all who use it share their exports.',
    caughtBy: ['handle-other-user', 'handle-look-alike', 'handle-tells', 'exports-are-their-users'],
    controls: {
      createExportHandles: handlesWith({ ownerOf: (actor) => actor?.clientId ?? '' }),
    },
  },
  {
    name: 'owned-by-one-client-of-a-user',
    mistake: 'An export is kept under user and client, and is lost on the phone.',
    caughtBy: ['exports-are-their-users'],
    controls: {
      createExportHandles: handlesWith({
        ownerOf: (actor) => person(actor) + String(actor?.clientId),
      }),
    },
  },
  {
    name: 'owned-by-what-the-handle-says',
    mistake: 'The owner stands in the handle, and is read from there.',
    caughtBy: ['handle-other-user', 'handle-look-alike', 'handle-tells'],
    controls: {
      createExportHandles() {
        const jobs = new Map<string, { job: ExportJob; until: number }>();
        const find = (handle: string): ExportJob => {
          const [owner] = handle.split('.');
          const kept = owner === '' ? undefined : jobs.get(handle);
          return kept && kept.until > Date.now() ? kept.job : notFound();
        };
        return {
          issue(actor, job) {
            const owner = Buffer.from(person(actor)).toString('base64url');
            const handle = `${owner}.${randomUUID()}`;
            jobs.set(handle, { job, until: Date.now() + FIFTEEN_MINUTES_MS });
            return handle;
          },
          find: (_actor, handle) => find(handle),
          end(_actor, handle) {
            find(handle);
            jobs.delete(handle);
          },
        };
      },
    },
  },
  {
    name: 'counts-for-its-owner',
    mistake: 'Exports are numbered; only their owner finds them, and so does every app of hers.',
    caughtBy: ['handle-guessed', 'handle-look-alike'],
    controls: {
      createExportHandles: handlesWith({ makeHandle: (_actor, count) => `export-${count}` }),
    },
  },
  {
    name: 'numbers-in-base64',
    mistake: 'The number is encoded, which hides it from nobody.',
    caughtBy: ['handle-guessed', 'handle-look-alike'],
    controls: {
      createExportHandles: handlesWith({
        makeHandle: (_actor, count) => Buffer.from(`export:${count}`).toString('base64url'),
      }),
    },
  },
  {
    name: 'the-time-of-day',
    mistake: 'The handle is the time, in milliseconds.',
    caughtBy: ['handle-guessed', 'handle-look-alike'],
    controls: {
      createExportHandles: handlesWith({
        makeHandle: (_actor, count) => `${Date.now()}-${count}`,
      }),
    },
  },
  {
    name: 'random-enough',
    mistake: 'The handle comes from Math.random, which is neither long nor unpredictable.',
    caughtBy: ['handle-guessed'],
    controls: {
      createExportHandles: handlesWith({
        makeHandle: () => Math.random().toString(36).slice(2, 12),
      }),
    },
  },
  {
    name: 'four-random-bytes',
    mistake: 'Four random bytes are too few to search for, it seems.',
    caughtBy: ['handle-guessed'],
    controls: {
      createExportHandles: handlesWith({ makeHandle: () => randomBytes(4).toString('hex') }),
    },
  },
  {
    name: 'kept-for-ever',
    mistake: 'An export is forgotten when the server ends.',
    caughtBy: ['handle-expired'],
    controls: { createExportHandles: handlesWith({ lifetimeMs: Number.MAX_SAFE_INTEGER / 2 }) },
  },
  {
    name: 'kept-for-an-hour',
    mistake: 'An hour instead of a quarter of one.',
    caughtBy: ['handle-expired'],
    controls: { createExportHandles: handlesWith({ lifetimeMs: 60 * 60_000 }) },
  },
  {
    name: 'kept-alive-by-asking',
    mistake: 'Each use begins the time anew, so that a program which asks has it for ever.',
    caughtBy: ['handle-expired'],
    controls: { createExportHandles: handlesWith({ slides: true }) },
  },
  {
    name: 'kept-for-a-minute',
    mistake: 'An export is gone before somebody comes back from lunch.',
    caughtBy: ['exports-are-their-users'],
    controls: { createExportHandles: handlesWith({ lifetimeMs: 60_000 }) },
  },
  {
    name: 'tells-whose-it-is',
    mistake: 'An export of somebody else is refused with a sentence of its own.',
    caughtBy: ['handle-tells'],
    controls: {
      createExportHandles: handlesWith({
        notYours() {
          throw new NotFoundError('This export is not yours.');
        },
      }),
    },
  },
  {
    name: 'invalid-instead-of-not-found',
    mistake: 'What is not there is called invalid input, which a model tries to mend.',
    caughtBy: ['handle-other-user', 'handle-expired'],
    controls: {
      createExportHandles: handlesWith({
        notThere() {
          throw new InvalidInputError('This handle is not valid.');
        },
        notYours() {
          throw new InvalidInputError('This handle is not valid.');
        },
      }),
    },
  },
  {
    name: 'ended-by-a-stranger',
    mistake: 'Who asks for somebody else’s export must be an attacker, so it is ended.',
    caughtBy: ['handle-other-user', 'handle-look-alike'],
    controls: {
      createExportHandles: handlesWith({
        notYours(handle, jobs) {
          jobs.delete(handle);
          return notFound();
        },
      }),
    },
  },
  {
    name: 'one-export-a-user',
    mistake: 'A second export takes the place of the first.',
    caughtBy: ['exports-are-their-users', 'cancelled-exports-are-gone'],
    controls: { createExportHandles: handlesWith({ onIssue: forgetAllOf }) },
  },
  {
    name: 'ends-nothing',
    mistake: 'Cancelling is confirmed, and forgets nothing.',
    caughtBy: ['cancelled-exports-are-gone'],
    controls: { createExportHandles: handlesWith({ onEnd: () => undefined }) },
  },
  {
    name: 'ends-all-of-them',
    mistake: 'Cancelling one export ends all of its user.',
    caughtBy: ['cancelled-exports-are-gone'],
    controls: {
      createExportHandles: handlesWith({
        onEnd: (jobs, _handle, owner) => forgetAllOf(jobs, owner),
      }),
    },
  },
];
