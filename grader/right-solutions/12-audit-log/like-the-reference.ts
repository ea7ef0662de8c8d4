export const idea = 'The reference itself.';
export { createAuditLog } from '../../../solutions/12-audit-log/audit-log.ts';
export { verifyAuditLog } from '../../../solutions/12-audit-log/verify-audit-log.ts';
