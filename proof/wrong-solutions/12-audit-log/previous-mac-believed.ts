import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Each line names the mac before it, and the first one is believed: without its beginning, the log is in order.';
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
      const line = JSON.stringify({ ...record, previous });
      previous = createHmac('sha256', chainKey).update(line).digest('hex');
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let last: string | undefined;
  const bad = lines.findIndex((line) => {
    const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
    const text = `${members}}`;
    if (mac !== createHmac('sha256', chainKey).update(text).digest('hex')) return true;
    const { previous } = JSON.parse(text) as { previous: string };
    const fits = last === undefined || previous === last;
    last = mac;
    return !fits;
  });
  return bad === -1 ? undefined : bad;
};
