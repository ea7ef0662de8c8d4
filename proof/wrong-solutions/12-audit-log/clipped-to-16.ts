import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'Every argument is logged, clipped to 16 characters: that bounds the line, and many passwords are shorter.';
export const caughtBy = ['audit-secret'];

const escape = (json: string): string =>
  json.replaceAll(
    /[^\u0020-\u007e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const clip = (value: unknown): string => (typeof value === 'string' ? value : '').slice(0, 16);

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  return {
    record({ call, outcome, reason }) {
      const sent = Object.entries(call.arguments ?? {}).slice(0, 20);
      const record = {
        time: new Date().toISOString(),
        requestId: call.requestId,
        ip: call.ip,
        actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
        tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
        outcome,
        arguments: sent.map(([name, value]) => [clip(name), clip(value)]),
        reason,
      };
      const line = escape(JSON.stringify(record));
      previous = chainMac(chainKey, previous, line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};
