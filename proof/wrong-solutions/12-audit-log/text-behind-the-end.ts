import type { VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'The pattern of a line has no end: whatever is written behind the mac is neither read nor missed.';
export const caughtBy = ['audit-tamper'];

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  const bad = lines.findIndex((line) => {
    const [, members, mac] = /^(\{.*?),"mac":"([\w-]{43})"\}/s.exec(line) ?? [];
    const expected = chainMac(chainKey, previous, `${members}}`);
    previous = expected;
    return mac !== expected;
  });
  return bad === -1 ? undefined : bad;
};
