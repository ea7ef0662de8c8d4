import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Flags instead of words for the outcome, the mac in front, each line naming the one before it, and a first line that opens the log.';

const macOf = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64');

const LINE = /^\{"mac":"([^"]{44})",(.*)\}$/s;

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let before = macOf(chainKey, 'the beginning');
  const write = (members: object): void => {
    const text = JSON.stringify({ before, ...members }).slice(1, -1);
    before = macOf(chainKey, text);
    writeLine(`{"mac":"${before}",${text}}`);
  };
  let opened = false;
  return {
    record({ call, outcome, reason = '' }) {
      if (!opened) write({ event: 'log opened', at: new Date().toISOString() });
      opened = true;
      write({
        at: new Date().toISOString(),
        request: call.requestId,
        address: call.ip,
        user: call.actor ? { iss: call.actor.issuer, sub: call.actor.subject } : 'anonymous',
        tool: /^\w{1,18}$/.test(call.tool) ? call.tool : '?',
        ok: outcome === 'succeeded',
        denied: outcome === 'refused',
        failed: outcome === 'failed',
        why: /^[\w ]{0,40}$/.test(reason) ? reason : '?',
      });
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let expected = macOf(chainKey, 'the beginning');
  for (const [index, line] of lines.entries()) {
    const [, mac = '', text = ''] = LINE.exec(line) ?? [];
    const right = Buffer.from(macOf(chainKey, text));
    const given = Buffer.from(mac);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return index;
    if (!text.startsWith(`"before":"${expected}"`)) return index;
    expected = mac;
  }
  return undefined;
};
