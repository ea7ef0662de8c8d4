import pino from 'pino';
import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'pino adds a time of its own to the one in the record, so every line has two, and readers differ about which counts.';
export const caughtBy = ['audit-forge'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
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
      const { requestId, ip, actor } = call;
      const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
      logger.info({ time: new Date().toISOString(), requestId, ip, actor, tool, outcome, reason });
    },
  };
};
