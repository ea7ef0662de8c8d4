import type { PingHost } from '../../../exercises/weather-server/controls.ts';

export const mistake = '`shell: true` joins the array to a line and hands it to the shell.';
export const caughtBy = ['cmd-shell'];

export const pingHost: PingHost = (host, shell) =>
  shell.execFile('fping', ['-c', '1', '--', host], { shell: true });
