import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Lines are numbered under the mac, and the numbers only have to grow: a removed line leaves a gap that nobody minds.';
export const caughtBy: string[] = ['TODO'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = '';
  let sequence = 0;
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
        sequence: sequence++,
      };
      const line = JSON.stringify(record);
      const mac = createHmac('sha256', chainKey).update(line).digest('hex');
      writeLine(`${line.slice(0, -1)},"mac":"${mac}"}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let last = -1;
  const bad = lines.findIndex((line) => {
    const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
    const text = `${members}}`;
    if (mac !== createHmac('sha256', chainKey).update(text).digest('hex')) return true;
    const { sequence } = JSON.parse(text) as { sequence: number };
    const grows = sequence > last;
    last = sequence;
    return !grows;
  });
  return bad === -1 ? undefined : bad;
};
