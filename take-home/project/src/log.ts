/**
 * The operator's log: a line of JSON each, on standard output. Of what the server did it has who, what
 * and how it ended, and never what a caller sent: arguments, tokens and texts stay out of it.
 */
import { pino, type Logger } from 'pino';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';

export type { Logger };

export const createLog = (level: string): Logger =>
  pino({ level, base: { service: 'weather-server' }, timestamp: pino.stdTimeFunctions.isoTime });

/** Writes one line about what the server did. The audit log, which is kept elsewhere, is not repeated. */
export function logEntry(log: Logger, entry: TapeEntry): void {
  const { requestId, kind } = entry;
  const about = { requestId, kind };
  switch (entry.kind) {
    case 'tool':
      return log.info({ ...about, tool: entry.tool, subject: entry.subject }, 'a tool ran');
    case 'token':
      return log.debug({ ...about, decision: entry.decision }, 'an access token was looked at');
    case 'limit':
      if (entry.decision === 'refused') log.info({ ...about, tool: entry.tool }, 'over the limit');
      return;
    case 'refusal':
      return log.info({ ...about, control: entry.control }, 'a control refused');
    case 'fault':
      return log.error({ ...about, control: entry.control }, entry.message);
    case 'upstream':
      return log.debug({ ...about, status: entry.status }, 'the weather service was asked');
    case 'web':
      return log.debug(
        { ...about, address: entry.address, status: entry.status },
        'the web was asked',
      );
    case 'third-party':
      return log.debug({ ...about, status: entry.status }, 'the third party was asked');
    case 'sql':
    case 'file':
    case 'shell':
      if ('error' in entry) log.warn(about, 'a part of the server failed');
      return;
    // The client of topic 22, which is no part of this server.
    case 'opened':
    case 'sent':
    case 'started':
    case 'gate':
    case 'message':
    case 'audit':
      return;
  }
}
