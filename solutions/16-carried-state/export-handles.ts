import { randomBytes } from 'node:crypto';
import type {
  Actor,
  CreateExportHandles,
  ExportJob,
} from '../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../exercises/weather-server/errors.ts';

const GOOD_FOR_MS = 15 * 60_000;

/**
 * A handle says which job is meant, and never who may have it: that says the verified token, at each
 * call. It is random all the same, because handles get into logs, models and tickets, and a guess
 * should not be worth trying.
 *
 * One error for what is not there, not yours, over, or ended. Jobs are forgotten when their time is up.
 */
export const createExportHandles: CreateExportHandles = () => {
  /** Handle -> job, the oldest first. */
  const jobs = new Map<string, { owner: string; job: ExportJob; until: number }>();

  function ownJob(actor: Actor | undefined, handle: string): ExportJob {
    for (const [oldest, { until }] of jobs) {
      if (until > Date.now()) break;
      jobs.delete(oldest);
    }
    const found = jobs.get(handle);
    if (!found || found.owner !== nameOf(actor))
      throw new NotFoundError('There is no such export.');
    return found.job;
  }

  return {
    issue(actor, job) {
      const handle = randomBytes(24).toString('base64url');
      jobs.set(handle, { owner: nameOf(actor), job, until: Date.now() + GOOD_FOR_MS });
      return handle;
    },
    find: ownJob,
    end(actor, handle) {
      ownJob(actor, handle);
      jobs.delete(handle);
    },
  };
};

/** A subject is unique at its issuer only. */
const nameOf = (actor: Actor | undefined): string =>
  JSON.stringify(actor ? [actor.issuer, actor.subject] : null);
