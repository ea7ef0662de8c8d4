import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as createReference } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'Only what succeeded is logged, so whoever tries and is refused was never here.';
export const caughtBy = ['audit-deep-arguments', 'audit-denied-omitted', 'log-tells-outcomes'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = createReference(writeLine, chainKey);
  return {
    record(entry) {
      if (entry.outcome === 'succeeded') log.record(entry);
    },
  };
};
