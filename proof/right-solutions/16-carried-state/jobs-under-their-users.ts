import { randomUUID } from 'node:crypto';
import type {
  Actor,
  CreateExportHandles,
  ExportJob,
} from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Each user has jobs of their own, and a handle is looked up among those of the caller only.';

export const createExportHandles: CreateExportHandles = () => {
  const users = new Map<string, Map<string, { job: ExportJob; startedAt: number }>>();

  const jobsOf = (actor: Actor | undefined) => {
    const user = JSON.stringify([actor?.issuer ?? '', actor?.subject ?? '']);
    const own = users.get(user) ?? new Map<string, { job: ExportJob; startedAt: number }>();
    users.set(user, own);
    for (const [handle, { startedAt }] of own) {
      if (Date.now() - startedAt >= 15 * 60_000) own.delete(handle);
    }
    return own;
  };
  const find = (actor: Actor | undefined, handle: string): ExportJob => {
    const found = jobsOf(actor).get(handle);
    if (found) return found.job;
    throw new NotFoundError('You have no such export.');
  };

  return {
    issue(actor, job) {
      const handle = randomUUID();
      jobsOf(actor).set(handle, { job, startedAt: Date.now() });
      return handle;
    },
    find,
    end(actor, handle) {
      find(actor, handle);
      jobsOf(actor).delete(handle);
    },
  };
};
