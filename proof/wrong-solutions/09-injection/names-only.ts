import path from 'node:path';
import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Every check of a name lets a link through whose name is good; only the file system knows where it leads.';
export const caughtBy = ['path-symlink'];

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const resolved = path.posix.resolve(folder, name);
  if (!resolved.startsWith(`${folder}/`)) throw new NotFoundError('There is no such report.');
  return files.readFile(resolved).then(
    () => resolved,
    () => {
      throw new NotFoundError('There is no such report.');
    },
  );
};
