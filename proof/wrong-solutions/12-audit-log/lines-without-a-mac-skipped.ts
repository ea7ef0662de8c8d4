import type { VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';
import { verifyAuditLog as verifyReference } from '../../../solutions/12-audit-log/verify-audit-log.ts';

export const mistake =
  'Lines without a mac are taken for remarks of another program and skipped, so anything can be put between the others.';
export const caughtBy = ['audit-tamper'];

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  const chained = [...lines.entries()].filter(([, line]) => line.includes('"mac":'));
  const bad = verifyReference(
    chained.map(([, line]) => line),
    chainKey,
  );
  return bad === undefined ? undefined : chained[bad]?.[0];
};
