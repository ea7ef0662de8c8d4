import path from 'node:path';
import type { ResolveReportPath } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'The last part of a path cannot climb, and it can be a link all the same.';
export const caughtBy = ['path-symlink', 'says-what-is-missing'];

export const resolveReportPath: ResolveReportPath = async (name, folder) =>
  `${folder}/${path.posix.basename(name)}`;
