import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'The arguments are spread into the record: they go first so that the server’s members win, and every other member is the caller’s.';
export const caughtBy = [
  'audit-deep-arguments',
  'audit-forge',
  'audit-member-types',
  'audit-secret',
];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  return {
    record({ call, outcome, reason }) {
      const record: Record<string, unknown> = {
        ...(call.arguments as object),
        time: new Date().toISOString(),
        requestId: call.requestId,
        ip: call.ip,
        actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
        tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
        outcome,
        reason,
      };
      const line = JSON.stringify(record);
      previous = chainMac(chainKey, previous, line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};
