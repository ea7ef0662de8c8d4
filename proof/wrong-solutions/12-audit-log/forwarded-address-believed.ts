import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as createReference } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake = 'The address comes from X-Forwarded-For, which is the caller’s own text.';
export const caughtBy = ['audit-forge'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = createReference(writeLine, chainKey);
  return {
    record(entry) {
      const forwarded = entry.call.headers['x-forwarded-for'];
      const ip = String(forwarded ?? entry.call.ip).split(',')[0]!;
      log.record({ ...entry, call: { ...entry.call, ip } });
    },
  };
};
