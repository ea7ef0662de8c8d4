import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { createAuditLog as createReference } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'If nobody was verified, the actor is read from the token as it is: anyone can put anyone into the log.';
export const caughtBy = ['audit-denied-omitted'];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const log = createReference(writeLine, chainKey);
  return {
    record(entry) {
      const [, payload = ''] = String(entry.call.headers.authorization).split('.');
      let actor = entry.call.actor;
      try {
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
          string,
          string
        >;
        actor ??= {
          issuer: claims.iss!,
          subject: claims.sub!,
          clientId: claims.client_id!,
          scopes: [],
        };
      } catch {
        // No token that can be read.
      }
      log.record({ ...entry, call: { ...entry.call, actor } });
    },
  };
};
