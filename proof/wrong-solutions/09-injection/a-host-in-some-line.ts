import type { PingHost } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'With the m flag the pattern is content with one good line; the shell runs the others.';
export const caughtBy = ['cmd-shell'];

export const pingHost: PingHost = (host, shell) => {
  if (!/^[a-z0-9][a-z0-9.-]*$/im.test(host)) throw new InvalidInputError('This is no host.');
  return shell.exec(`fping -c 1 -- ${host}`);
};
