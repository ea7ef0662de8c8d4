import type { PingHost } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Between double quotes a shell still reads dollar signs and backticks, and fping its options.';
export const caughtBy = ['cmd-argument', 'cmd-shell'];

export const pingHost: PingHost = (host, shell) => shell.exec(`fping -c 1 ${JSON.stringify(host)}`);
