import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The folder is listed, and only a name that stands in the list is served, if it is no link.';

export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const names = await files.readdir(folder);
  const wanted = `${folder}/${name}`;
  const isPlainFile =
    names.includes(name) && name.endsWith('.txt') && (await files.realpath(wanted)) === wanted;
  if (!isPlainFile) throw new NotFoundError('There is no such report.');
  return wanted;
};
