import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The mac covers who, what and when; the outcome and the address can be changed.';
export const caughtBy = ['audit-tamper'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = '';
  return {
    record({ call, outcome, reason }) {
      const { requestId, ip, actor } = call;
      const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
      const record = {
        time: new Date().toISOString(),
        requestId,
        ip,
        actor,
        tool,
        outcome,
        reason,
      };
      const covered = [previous, record.time, requestId, actor?.subject, tool].join('|');
      previous = createHmac('sha256', chainKey).update(covered).digest('hex');
      writeLine(JSON.stringify({ ...record, mac: previous }));
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let expected = '';
  const bad = lines.findIndex((line) => {
    try {
      const { time, requestId, actor, tool, mac } = JSON.parse(line) as {
        actor: { subject: string } | undefined;
        [member: string]: unknown;
      };
      const covered = [expected, time, requestId, actor?.subject, tool].join('|');
      expected = createHmac('sha256', chainKey).update(covered).digest('hex');
      return mac !== expected;
    } catch {
      return true;
    }
  });
  return bad === -1 ? undefined : bad;
};
