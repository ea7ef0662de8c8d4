import path from 'node:path';
import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Every check of a name lets a link through whose name is good; only the file system knows where it leads.';
export const caughtBy = ['path-symlink', 'says-what-is-missing'];

export const resolveReportPath: ResolveReportPath = async (name, folder) => {
  const resolved = path.posix.resolve(folder, name);
  if (!resolved.startsWith(`${folder}/`)) throw new NotFoundError('There is no such report.');
  return resolved;
};
