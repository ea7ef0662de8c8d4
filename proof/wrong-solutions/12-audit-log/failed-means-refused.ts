import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as createReference } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'Whatever did not succeed is called refused, so a tool that breaks looks like a caller who misbehaves.';
export const caughtBy = ['audit-denied-omitted', 'log-tells-outcomes'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = createReference(writeLine, chainKey);
  return {
    record: (entry) =>
      log.record({ ...entry, outcome: entry.outcome === 'succeeded' ? 'succeeded' : 'refused' }),
  };
};
