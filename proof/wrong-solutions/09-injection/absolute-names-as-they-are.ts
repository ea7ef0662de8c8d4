import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';
import { resolveReportPath as rightly } from '../../../solutions/09-injection/station-tools.ts';

export const mistake =
  'An absolute path is taken for one that this server has resolved before, and is not compared with the folder again.';
export const caughtBy = ['path-absolute'];

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  if (!name.startsWith('/')) return rightly(name, folder, files);
  return files.realpath(name).catch(() => {
    throw new NotFoundError('There is no such report.');
  });
};
