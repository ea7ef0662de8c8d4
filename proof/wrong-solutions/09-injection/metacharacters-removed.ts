import type { PingHost } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A line end is none of the characters on the list, and begins a command as well as a semicolon.';
export const caughtBy = ['cmd-shell'];

export const pingHost: PingHost = (host, shell) =>
  shell.exec(`fping -c 1 -- ${host.replaceAll(/[;&|`$<>(){}'"\\]/g, '')}`);
