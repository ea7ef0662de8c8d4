import { createHmac, randomUUID } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Lines have the id of their log and a number, each has a mac under the key, and the number has to be the place where it stands.';

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = randomUUID();
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
        log,
        sequence: sequence++,
      };
      const line = JSON.stringify(record);
      const mac = createHmac('sha256', chainKey).update(line).digest('hex');
      writeLine(`${line.slice(0, -1)},"mac":"${mac}"}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let ofFirstLine: string | undefined;
  const bad = lines.findIndex((line, index) => {
    const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
    const text = `${members}}`;
    if (mac !== createHmac('sha256', chainKey).update(text).digest('hex')) return true;
    const { log, sequence } = JSON.parse(text) as { log: string; sequence: number };
    ofFirstLine ??= log;
    return log !== ofFirstLine || sequence !== index;
  });
  return bad === -1 ? undefined : bad;
};
