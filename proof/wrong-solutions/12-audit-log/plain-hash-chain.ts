import { createHash } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A chain of SHA-256 without a key: whoever can write to the log computes it anew.';
export const caughtBy = ['audit-tamper'];

export const createAuditLog: CreateAuditLog = (writeLine) => {
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
      const line = JSON.stringify(record);
      previous = createHash('sha256')
        .update(previous + line)
        .digest('hex');
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines) => {
  let expected = '';
  const bad = lines.findIndex((line) => {
    const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
    expected = createHash('sha256').update(`${expected}${members}}`).digest('hex');
    return mac !== expected;
  });
  return bad === -1 ? undefined : bad;
};
