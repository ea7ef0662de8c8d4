import { timingSafeEqual } from 'node:crypto';
import type { VerifyAuditLog } from '../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from './audit-log.ts';

const LINE = /^(\{.*),"mac":"([\w-]{43})"\}$/s;

/**
 * Follows the chain of `createAuditLog` from its defined beginning: every line must end with the mac
 * of the line before it and of its own text, byte by byte (CWE-354). A line without one is bad, and
 * so is one with a lone surrogate: it has no bytes of its own, and would be hashed as U+FFFD is.
 *
 * Not seen: lines missing at the end, since a shorter log is in order too. For that, note the last
 * `sequence` and `mac` somewhere else from time to time. Nor an older log under the same key in place
 * of this one, nor what whoever has the key writes.
 */
export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let previousMac = BEFORE_THE_FIRST_LINE;
  const bad = lines.findIndex((line) => {
    const [, members, mac] = LINE.exec(line) ?? [];
    if (members === undefined || mac === undefined || !line.isWellFormed()) return true;
    const expected = chainMac(chainKey, previousMac, `${members}}`);
    previousMac = mac;
    return !timingSafeEqual(Buffer.from(mac), Buffer.from(expected));
  });
  return bad === -1 ? undefined : bad;
};
