import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The real path must begin with the folder and a separator; nothing lexical comes before.';

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const home = `${await files.realpath(folder)}/`;
  const real = await files.realpath(`${folder}/${name}`).catch(() => '');
  if (!real.startsWith(home)) throw new NotFoundError(`There is no report of this name.`);
  return real;
};
