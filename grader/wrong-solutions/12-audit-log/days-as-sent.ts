import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'Days are shown if they are two digits, as a number or as a text, just as they were sent: whoever writes "7" is not found by those who search for 7.';
export const caughtBy = ['audit-member-types'];

const isDays = (days: unknown): boolean =>
  (typeof days === 'number' || typeof days === 'string') && /^\d{1,2}$/.test(String(days));

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  return {
    record({ call, outcome, reason }) {
      const { days } = Object(call.arguments) as { days?: unknown };
      const record = {
        time: new Date().toISOString(),
        requestId: call.requestId,
        ip: call.ip,
        actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
        tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
        arguments: isDays(days) ? { days } : {},
        outcome,
        reason,
      };
      const line = JSON.stringify(record);
      previous = chainMac(chainKey, previous, line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};
