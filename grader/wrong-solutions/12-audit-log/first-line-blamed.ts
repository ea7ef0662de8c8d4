import type { VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';
import { verifyAuditLog as verifyReference } from '../../../solutions/12-audit-log/verify-audit-log.ts';

export const mistake =
  'That something is wrong is noticed, and every time the first line is blamed.';
export const caughtBy: string[] = ['TODO'];

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) =>
  verifyReference(lines, chainKey) === undefined ? undefined : 0;
