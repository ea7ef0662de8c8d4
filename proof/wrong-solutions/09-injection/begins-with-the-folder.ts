import path from 'node:path';
import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake = '`/srv/weather/data-secret` begins with `/srv/weather/data`, as a text.';
export const caughtBy = ['path-absolute', 'path-dotdot', 'path-prefix-sibling', 'path-symlink'];

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const real = await files.realpath(path.posix.join(folder, name)).catch(() => '');
  if (!real.startsWith(folder)) throw new NotFoundError('There is no such report.');
  return real;
};
