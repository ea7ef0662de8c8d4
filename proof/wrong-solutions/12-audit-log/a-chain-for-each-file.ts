import type { AuditLog, CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as rightly } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'A new chain begins after so many lines, as if the log were cut into files; read as a whole, it looks as if somebody had cut it.';
export const caughtBy = ['log-verifies'];

const LINES_OF_A_FILE = 20;

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let log: AuditLog = rightly(writeLine, chainKey);
  let lines = 0;
  return {
    record(entry) {
      if (lines === LINES_OF_A_FILE) {
        log = rightly(writeLine, chainKey);
        lines = 0;
      }
      lines += 1;
      log.record(entry);
    },
    ready: () => log.ready?.() ?? true,
  };
};
