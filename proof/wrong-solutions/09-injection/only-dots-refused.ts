import path from 'node:path';
import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'There are no dots in an absolute path, and `resolve` lets it replace the folder.';
export const caughtBy = ['path-absolute', 'path-symlink', 'says-what-is-missing'];

export const resolveReportPath: ResolveReportPath = async (name, folder) => {
  if (name.includes('../')) throw new NotFoundError('There is no such report.');
  return path.posix.resolve(folder, name);
};
