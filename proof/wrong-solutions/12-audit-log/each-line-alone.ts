import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Every line has a mac of its own and none of its neighbor: lines can be removed, repeated and swapped.';
export const caughtBy = ['audit-tamper'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
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
      const line = JSON.stringify(record);
      const mac = createHmac('sha256', chainKey).update(line).digest('hex');
      writeLine(`${line.slice(0, -1)},"mac":"${mac}"}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  const bad = lines.findIndex((line) => {
    const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
    return mac !== createHmac('sha256', chainKey).update(`${members}}`).digest('hex');
  });
  return bad === -1 ? undefined : bad;
};
