import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as createReference } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'The request id keeps a call from being logged twice, and the other calls of a batch from being logged at all.';
export const caughtBy = ['audit-denied-omitted'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = createReference(writeLine, chainKey);
  const seen = new Set<string>();
  return {
    record(entry) {
      if (seen.has(entry.call.requestId)) return;
      seen.add(entry.call.requestId);
      log.record(entry);
    },
  };
};
