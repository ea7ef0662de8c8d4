import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The chain is under a key that stands in the source, and not under the one that was given.';
export const caughtBy = ['audit-tamper'];

const mac = (text: string): string =>
  createHmac('sha256', 'weather-audit-v1').update(text).digest('hex');

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
      previous = mac(previous + line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines) => {
  let expected = '';
  const bad = lines.findIndex((line) => {
    const [, members, found] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
    expected = mac(`${expected}${members}}`);
    return found !== expected;
  });
  return bad === -1 ? undefined : bad;
};
