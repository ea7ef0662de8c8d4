import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as createReference } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'A call without an actor seems to be nobody’s, and is not logged: all that authentication refuses.';
export const caughtBy = ['audit-deep-arguments', 'audit-denied-omitted'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = createReference(writeLine, chainKey);
  return {
    record(entry) {
      if (entry.call.actor) log.record(entry);
    },
  };
};
