import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as rightly } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'Large arguments are left out, and to learn how large they are they are serialized; what is too deep for that breaks the log.';
export const caughtBy = ['audit-deep-arguments'];

const LARGEST = 10_000;

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = rightly(writeLine, chainKey);
  return {
    ...log,
    record(entry) {
      const { length } = JSON.stringify(entry.call.arguments ?? null);
      const call = length > LARGEST ? { ...entry.call, arguments: undefined } : entry.call;
      log.record({ ...entry, call });
    },
  };
};
