import { createHash, createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Other names, nested, with the time as an epoch and arguments as a hash; the chain is computed from the parsed members.';

const hashOf = (value: unknown): string => {
  try {
    return createHash('sha256')
      .update(JSON.stringify(value) ?? '')
      .digest('hex');
  } catch {
    return 'too deep';
  }
};

/** ASCII only, bounded, and no longer words than a name has. */
const safe = (text: string): string =>
  text
    .replaceAll(/[^\u0020-\u007e]/g, '?')
    .replaceAll(/\S{20,}/g, '[long]')
    .slice(0, 100);

const seal = (key: Buffer, previous: unknown, event: unknown): string =>
  createHmac('sha512', key)
    .update(JSON.stringify([previous, event]))
    .digest('base64');

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous: string | null = null;
  return {
    record({ call, outcome, reason }) {
      const event = {
        ts: Date.now(),
        event: { action: 'tools/call', status: STATUS[outcome], why: reason ?? null },
        who: call.actor ? `${call.actor.issuer}|${call.actor.subject}` : 'anonymous',
        where: { peer: call.ip, request: call.requestId },
        what: { tool: safe(call.tool), arguments_sha256: hashOf(call.arguments) },
      };
      previous = seal(chainKey, previous, event);
      writeLine(JSON.stringify({ ...event, seal: previous }));
    },
  };
};

const STATUS = { succeeded: 'SUCCESS', failed: 'ERROR', refused: 'DENIED' };

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let previous: unknown = null;
  for (const [index, line] of lines.entries()) {
    try {
      const { seal: found, ...event } = JSON.parse(line) as Record<string, unknown>;
      if (found !== seal(chainKey, previous, event)) return index;
      previous = found;
    } catch {
      return index;
    }
  }
  return undefined;
};
