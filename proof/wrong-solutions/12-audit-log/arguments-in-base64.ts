import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'The arguments are encoded so that they can forge nothing, and everyone who can read can decode them.';
export const caughtBy = ['audit-secret'];

const encode = (value: unknown): string => {
  try {
    return Buffer.from(JSON.stringify(value).slice(0, 2000)).toString('base64');
  } catch {
    return 'too deep';
  }
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
        arguments: encode(call.arguments),
        reason,
      };
      const line = JSON.stringify(record);
      previous = chainMac(chainKey, previous, line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};
