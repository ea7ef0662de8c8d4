import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as createReference } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'To save space, a refusal like the last one of the same user is not logged: of a flood, the log shows one call.';
export const caughtBy: string[] = ['TODO'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = createReference(writeLine, chainKey);
  let last = '';
  return {
    record(entry) {
      const { call, outcome, reason } = entry;
      const summary = JSON.stringify([call.actor?.subject, call.tool, outcome, reason]);
      if (outcome === 'refused' && summary === last) return;
      last = summary;
      log.record(entry);
    },
  };
};
