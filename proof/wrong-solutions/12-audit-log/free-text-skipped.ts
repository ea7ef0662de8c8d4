import type { VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';
import { verifyAuditLog as verifyReference } from '../../../solutions/12-audit-log/verify-audit-log.ts';

export const mistake =
  'Lines that do not begin like JSON are taken for comments and skipped, and people read them.';
export const caughtBy = ['audit-tamper'];

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  const objects = [...lines.entries()].filter(([, line]) => line.trimStart().startsWith('{'));
  const bad = verifyReference(
    objects.map(([, line]) => line),
    chainKey,
  );
  return bad === undefined ? undefined : objects[bad]?.[0];
};
