import type { PingHost } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Letters, digits, dots and hyphens are what host names are made of, and `-flatest.txt` as well.';
export const caughtBy = ['cmd-argument'];

export const pingHost: PingHost = (host, shell) => {
  if (!/^[a-z0-9.-]+$/i.test(host)) throw new InvalidInputError('This is no host.');
  return shell.execFile('fping', ['-c', '1', host]);
};
