import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';
import { resolveReportPath as rightly } from '../../../solutions/09-injection/station-tools.ts';

export const mistake =
  'A report is named after year, month and city, two hyphens between them; São Paulo brings a third one along.';
export const caughtBy = ['serves-reports'];

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  if (!/^\w+(?:-\w+){0,2}\.txt$/.test(name)) throw new NotFoundError('There is no such report.');
  return rightly(name, folder, files);
};
