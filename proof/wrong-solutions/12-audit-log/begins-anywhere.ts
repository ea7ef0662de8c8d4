import type { VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'A chain may begin at any line, because the server may have been restarted: what it did at first can be repeated anywhere.';
export const caughtBy = ['audit-tamper'];

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  const bad = lines.findIndex((line) => {
    const [, members, mac = ''] = /^(\{.*),"mac":"([\w-]{43})"\}$/s.exec(line) ?? [];
    const fits = [previous, BEFORE_THE_FIRST_LINE].some(
      (before) => mac === chainMac(chainKey, before, `${members}}`),
    );
    previous = mac;
    return !fits;
  });
  return bad === -1 ? undefined : bad;
};
