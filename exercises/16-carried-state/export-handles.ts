import type { CreateExportHandles, ExportJob } from '../weather-server/controls.ts';
import { NotFoundError } from '../weather-server/errors.ts';

// Today exports are numbered, and belong to whoever names the number, for ever.

// TODO 16: Issue handles with 128 random bits or more, and keep each job under the user who started it
// (issuer and subject; not the token, which is renewed, nor the client). Find and end it for that user
// only, and for fifteen minutes. Throw `NotFoundError` otherwise, always the same one: who asks for
// somebody else's export learns nothing, not even that there is one. A user may have several exports,
// and keeps them however many others have.
export const createExportHandles: CreateExportHandles = () => {
  const jobs = new Map<string, ExportJob>();
  let count = 0;
  const find = (handle: string): ExportJob => {
    const job = jobs.get(handle);
    if (!job) throw new NotFoundError('There is no such export.');
    return job;
  };
  return {
    issue(_actor, job) {
      const handle = `export-${++count}`;
      jobs.set(handle, job);
      return handle;
    },
    find: (_actor, handle) => find(handle),
    end(_actor, handle) {
      find(handle);
      jobs.delete(handle);
    },
  };
};
