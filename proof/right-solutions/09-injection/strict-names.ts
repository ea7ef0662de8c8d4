import path from 'node:path';
import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError, NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Names are of one pattern, which the link does not fit; everything else is invalid, and a name that is valid may still be missing.';

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  if (!/^\d{4}-\d{2}-[a-z0-9-]+\.txt$|^field-notes\.txt$/.test(name)) {
    throw new InvalidInputError('A report is called YYYY-MM-city.txt.');
  }
  const report = path.posix.join(folder, name);
  return files.realpath(report).catch(() => {
    throw new NotFoundError('There is no such report.');
  });
};
