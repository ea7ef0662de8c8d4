import type { PingHost } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Upper case means nothing in a host name, so that a pattern must not mind it.';
export const caughtBy = ['pings-stations'];

export const pingHost: PingHost = (host, shell) => {
  if (!/^[a-z0-9][a-z0-9.:-]*$/.test(host)) throw new InvalidInputError('This is no host.');
  return shell.execFile('fping', ['-c', '1', '--', host]);
};
