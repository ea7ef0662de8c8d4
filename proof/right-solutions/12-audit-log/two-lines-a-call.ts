import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A line that a call was made, and one that says how it ended, with one id for both.';

const macOf = (key: Buffer, previous: string, line: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([previous, line]))
    .digest('hex');

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = 'begin';
  const write = (members: object): void => {
    const line = JSON.stringify({ timestamp: new Date().toISOString(), ...members });
    previous = macOf(chainKey, previous, line);
    writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
  };
  return {
    record({ call, outcome, reason }) {
      const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : '(no such tool)';
      const about = {
        request_id: call.requestId,
        remote_addr: call.ip,
        iss: call.actor?.issuer ?? null,
        sub: call.actor?.subject ?? null,
        tool,
      };
      write({ msg: 'call attempted', ...about });
      write({ msg: `call ${outcome}`, ...about, reason });
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let previous = 'begin';
  const bad = lines.findIndex((text) => {
    const line = `${text.slice(0, text.lastIndexOf(',"mac":'))}}`;
    previous = macOf(chainKey, previous, line);
    return text !== `${line.slice(0, -1)},"mac":"${previous}"}`;
  });
  return bad === -1 ? undefined : bad;
};
