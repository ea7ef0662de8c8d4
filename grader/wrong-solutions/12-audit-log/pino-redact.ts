import pino from 'pino';
import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'pino redacts the paths it is told, and nothing else: other names, other depths, and values that are not where they belong.';
export const caughtBy = [
  'audit-deep-arguments',
  'audit-forge',
  'audit-member-types',
  'audit-secret',
];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: [
        'headers.authorization',
        'arguments.password',
        'arguments.api_key',
        'arguments.*.token',
      ],
    },
    {
      write(text) {
        const line = text.trimEnd();
        previous = chainMac(chainKey, previous, line);
        writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
      },
    },
  );
  return {
    record({ call, outcome, reason }) {
      const { requestId, ip, actor, tool, headers, arguments: args } = call;
      logger.info({ requestId, ip, actor, tool, outcome, reason, headers, arguments: args });
    },
  };
};
