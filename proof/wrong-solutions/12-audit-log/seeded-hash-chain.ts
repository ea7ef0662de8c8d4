import { createHash } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The key only goes into the first hash; from any line on, the chain needs no more than what the log itself says.';
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
      const line = JSON.stringify(record);
      previous = createHash('sha256')
        .update((previous || chainKey.toString('hex')) + line)
        .digest('hex');
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let expected = chainKey.toString('hex');
  const bad = lines.findIndex((line) => {
    const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
    expected = createHash('sha256').update(`${expected}${members}}`).digest('hex');
    return mac !== expected;
  });
  return bad === -1 ? undefined : bad;
};
