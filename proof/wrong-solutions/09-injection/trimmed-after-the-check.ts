import type { PingHost } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The host does not begin with a hyphen until the blank in front of it is trimmed.';
export const caughtBy = ['cmd-argument'];

export const pingHost: PingHost = (host, shell) => {
  if (host.startsWith('-')) throw new InvalidInputError('This is no host.');
  return shell.execFile('fping', ['-c', '1', host.trim()]);
};
