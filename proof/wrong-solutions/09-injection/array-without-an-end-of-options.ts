import type { PingHost } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'No shell is involved any more, and a host that begins with a hyphen is an option as ever.';
export const caughtBy = ['cmd-argument'];

export const pingHost: PingHost = (host, shell) => shell.execFile('fping', ['-c', '1', host]);
