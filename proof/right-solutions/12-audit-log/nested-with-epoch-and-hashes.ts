import { createHmac } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Other names, nested, with the time as an epoch and arguments as a keyed hash; the seal covers all that stands before it.';

const MOST_HASHED = 2000;

/** Keyed, because short arguments could be guessed. */
function hashOf(key: Buffer, value: unknown): string {
  try {
    const text = JSON.stringify(value) ?? '';
    return text.length > MOST_HASHED
      ? 'too long'
      : createHmac('sha256', key).update('arguments:').update(text).digest('hex');
  } catch {
    return 'too deep';
  }
}

/** ASCII only, bounded, and no longer words than a name has. */
const safe = (text: string): string =>
  text
    .replaceAll(/[^\u0020-\u007e]/g, '?')
    .replaceAll(/\S{20,}/g, '[long]')
    .slice(0, 100);

const BEGINNING = '0'.repeat(88);

const seal = (key: Buffer, previous: string, text: string): string =>
  createHmac('sha512', key).update(`seal:${previous}:`).update(text).digest('base64');

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEGINNING;
  return {
    record({ call, outcome, reason }) {
      const text = JSON.stringify({
        ts: Date.now(),
        event: { action: 'tools/call', status: STATUS[outcome], why: reason ?? null },
        who: call.actor ? `${call.actor.issuer}|${call.actor.subject}` : 'anonymous',
        where: { peer: call.ip, request: call.requestId },
        what: { tool: safe(call.tool), arguments_hmac: hashOf(chainKey, call.arguments) },
      }).slice(0, -1);
      previous = seal(chainKey, previous, text);
      writeLine(`${text},"seal":"${previous}"}`);
    },
  };
};

const STATUS = { succeeded: 'SUCCESS', failed: 'ERROR', refused: 'DENIED' };

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let previous = BEGINNING;
  for (const [index, line] of lines.entries()) {
    const text = line.slice(0, Math.max(0, line.lastIndexOf(',"seal":"')));
    previous = seal(chainKey, previous, text);
    if (line !== `${text},"seal":"${previous}"}`) return index;
  }
  return undefined;
};
