import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError, NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Outside and missing are told apart, so that callers can ask which files exist anywhere.';
export const caughtBy = ['path-absolute', 'path-dotdot', 'path-prefix-sibling'];

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const real = await files.realpath(`${folder}/${name}`).catch(() => {
    throw new NotFoundError('There is no such report.');
  });
  if (!real.startsWith(`${folder}/`)) throw new InvalidInputError('This is outside the folder.');
  return real;
};
