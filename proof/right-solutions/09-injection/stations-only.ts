import type { PingHost } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Only stations are asked, whose names leave a shell nothing to read.';

export const pingHost: PingHost = (host, shell) => {
  if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.stations\.example$/i.test(host)) {
    throw new InvalidInputError('Stations are called something.stations.example.');
  }
  return shell.exec(`fping -c 1 ${host}`);
};
