import type { VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';
import { verifyAuditLog as verifyReference } from '../../../solutions/12-audit-log/verify-audit-log.ts';

export const mistake =
  'Lines are trimmed before they are verified: the log is not what was written, byte by byte.';
export const caughtBy = ['audit-tamper'];

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) =>
  verifyReference(
    lines.map((line) => line.trim()),
    chainKey,
  );
