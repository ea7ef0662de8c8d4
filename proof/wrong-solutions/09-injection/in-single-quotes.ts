import type { PingHost } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Single quotes keep everything out but a single quote.';
export const caughtBy = ['cmd-shell'];

export const pingHost: PingHost = (host, shell) => shell.exec(`fping -c 1 -- '${host}'`);
