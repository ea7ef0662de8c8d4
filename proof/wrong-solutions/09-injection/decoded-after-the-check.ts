import path from 'node:path';
import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The name is checked and then decoded, so that what is checked is not what is opened.';
export const caughtBy = ['path-dotdot'];

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const notThere = new NotFoundError('There is no such report.');
  const lies = path.posix.relative(folder, path.posix.join(folder, name));
  if (lies.startsWith('..') || name === 'latest.txt' || name.endsWith('/latest.txt'))
    throw notThere;
  try {
    return await files.realpath(`${folder}/${decodeURIComponent(name)}`);
  } catch {
    throw notThere;
  }
};
