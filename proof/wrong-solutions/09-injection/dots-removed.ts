import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake = 'Removing every `../` makes a new one of `....//`.';
export const caughtBy = ['path-dotdot', 'path-symlink'];

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const inside = `${folder}/${name.replaceAll('../', '')}`;
  return files.realpath(inside).catch(() => {
    throw new NotFoundError('There is no such report.');
  });
};
