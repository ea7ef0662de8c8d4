import type { PingHost } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'No pattern at all: an argument vector, and an end of options. Odd hosts are simply not known.';

export const pingHost: PingHost = (host, shell) => shell.execFile('fping', ['-c', '1', '--', host]);
