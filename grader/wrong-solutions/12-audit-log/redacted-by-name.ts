import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'Members called password or api_key are masked at any depth; the same value under another name is not, nor one that is the city.';
export const caughtBy = [
  'audit-deep-arguments',
  'audit-forge',
  'audit-member-types',
  'audit-secret',
];

const SECRET = /password|passwd|secret|token|api[-_]?key|authorization|cookie|credential/i;

const redact = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, SECRET.test(name) ? '***' : redact(inner)]),
  );
};

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  return {
    record({ call, outcome, reason }) {
      const record = {
        time: new Date().toISOString(),
        requestId: call.requestId,
        ip: call.ip,
        actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
        tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
        outcome,
        arguments: redact(call.arguments),
        reason,
      };
      const line = JSON.stringify(record);
      previous = chainMac(chainKey, previous, line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};
