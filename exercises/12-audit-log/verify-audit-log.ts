import type { VerifyAuditLog } from '../weather-server/controls.ts';

// Today every log is found to be in order, whatever was done to it.

// TODO 12: Return the index of the first line that is not as it was written where it stands:
// changed, moved, made without the key, or after one that is gone. Undefined if there is none.
export const verifyAuditLog: VerifyAuditLog = () => undefined;
