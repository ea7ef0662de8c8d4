import type { PingHost } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The shell stays, with the host in single quotes, those inside it written as the shell wants them.';

export const pingHost: PingHost = (host, shell) =>
  shell.exec(`fping -c 1 -- '${host.replaceAll("'", `'\\''`)}'`);
