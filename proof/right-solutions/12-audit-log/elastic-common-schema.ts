import { createHmac } from 'node:crypto';
import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const idea =
  'The Elastic Common Schema, which knows success and failure only: a refusal is a failure of the type “denied”.';

const OUTCOMES = {
  succeeded: { outcome: 'success', type: ['access', 'allowed'] },
  failed: { outcome: 'failure', type: ['access', 'error'] },
  refused: { outcome: 'failure', type: ['access', 'denied'] },
};

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const pseudonymKey = createHmac('sha256', chainKey).update('pseudonyms').digest();
  let previous = BEFORE_THE_FIRST_LINE;
  return {
    record({ call, outcome, reason }) {
      const { actor, requestId, ip } = call;
      const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
      const line = JSON.stringify({
        '@timestamp': new Date().toISOString(),
        ecs: { version: '8.11.0' },
        event: {
          kind: 'event',
          category: ['api'],
          action: `tools/call ${tool}`,
          ...OUTCOMES[outcome],
          reason: /^[\w ]{1,40}$/.test(reason ?? '') ? reason : undefined,
        },
        http: { request: { id: requestId } },
        source: { ip },
        // What the token said, once it was verified.
        verifiedClaims: actor ? { iss: actor.issuer, sub: actor.subject } : null,
        user: actor && {
          hash: createHmac('sha256', pseudonymKey).update(actor.subject).digest('hex'),
        },
      });
      previous = chainMac(chainKey, previous, line);
      writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
    },
  };
};
