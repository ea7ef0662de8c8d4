import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'City and units are on the list of what is logged, whatever stands there: a key, or a hundred thousand arrays.';
export const caughtBy = ['audit-deep-arguments', 'audit-member-types', 'audit-secret'];

const escape = (json: string): string =>
  json.replaceAll(
    /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  return {
    record({ call, outcome, reason }) {
      const { city, units } = (call.arguments ?? {}) as { city?: unknown; units?: unknown };
      const record = {
        time: new Date().toISOString(),
        requestId: call.requestId,
        ip: call.ip,
        actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
        tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
        arguments: { city, units },
        outcome,
        reason,
      };
      const line = escape(JSON.stringify(record));
      previous = chainMac(chainKey, previous, line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};
