import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const idea = 'A mac is cut to 128 bits, as RFC 2104 allows, and all of them are compared.';

const mac = (chainKey: Buffer, text: string): string =>
  createHmac('sha256', chainKey).update(text).digest('hex').slice(0, 32);

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
        actor: actor ? { issuer: actor.issuer, subject: actor.subject } : null,
        tool,
        outcome,
        reason,
      };
      const line = JSON.stringify(record);
      previous = mac(chainKey, previous + line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let expected = '';
  const bad = lines.findIndex((line) => {
    const [, members, found = ''] = /^(\{.*),"mac":"([\da-f]{32})"\}$/s.exec(line) ?? [];
    expected = mac(chainKey, `${expected}${members}}`);
    return found !== expected;
  });
  return bad === -1 ? undefined : bad;
};
