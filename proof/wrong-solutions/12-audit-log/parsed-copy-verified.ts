import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The mac is checked of what `JSON.parse` makes of a line: a member put in front of its namesake is gone there, and stands in the log.';
export const caughtBy = ['audit-tamper'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = '';
  return {
    record({ call, outcome, reason }) {
      const { requestId, ip, actor } = call;
      const record = {
        time: new Date().toISOString(),
        requestId,
        ip,
        actor,
        tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
        outcome,
        reason,
      };
      const members = JSON.stringify(record);
      previous = createHmac('sha256', chainKey).update(previous).update(members).digest('hex');
      writeLine(JSON.stringify({ ...record, mac: previous }));
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let previous = '';
  const bad = lines.findIndex((line) => {
    try {
      const { mac, ...record } = JSON.parse(line) as Record<string, unknown>;
      const members = JSON.stringify(record);
      previous = createHmac('sha256', chainKey).update(previous).update(members).digest('hex');
      return mac !== previous;
    } catch {
      return true;
    }
  });
  return bad === -1 ? undefined : bad;
};
