import type { CreateAuditLog, VerifyAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'The line is a sentence, in which the name of a tool or a city can go on as it likes, and no program can tell who said what.';
export const caughtBy = [
  'audit-deep-arguments',
  'audit-denied-omitted',
  'audit-forge',
  'audit-member-types',
  'audit-secret',
  'log-names-callers',
  'log-tells-outcomes',
];

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  return {
    record({ call, outcome, reason }) {
      const who = call.actor ? `${call.actor.issuer} ${call.actor.subject}` : 'anonymous';
      const line = `${new Date().toISOString()} ${call.requestId} ${call.ip} ${who} ${outcome} ${reason ?? '-'} ${call.tool.slice(0, 100)}`;
      previous = chainMac(chainKey, previous, line);
      writeLine(`${line} ${previous}`);
    },
  };
};

export const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
  let previous = BEFORE_THE_FIRST_LINE;
  const bad = lines.findIndex((line) => {
    previous = chainMac(chainKey, previous, line.slice(0, -44));
    return line.slice(-43) !== previous;
  });
  return bad === -1 ? undefined : bad;
};
