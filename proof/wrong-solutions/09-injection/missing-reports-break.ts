import path from 'node:path';
import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'What is outside is not found, and what is not there is an error of the file system that nobody caught: a model hears INTERNAL, and tries again.';
export const caughtBy = ['says-what-is-missing'];

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const isInside = (file: string, root: string): boolean => file.startsWith(`${root}/`);
  const asked = path.posix.join(folder, name.replaceAll('\0', ''));
  if (!isInside(asked, folder)) throw new NotFoundError('There is no such report.');
  const real = await files.realpath(asked);
  if (!isInside(real, await files.realpath(folder)) || !real.endsWith('.txt')) {
    throw new NotFoundError('There is no such report.');
  }
  return real;
};
