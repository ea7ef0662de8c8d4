import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';
import { verifyAuditLog as verifyReference } from '../../../solutions/12-audit-log/verify-audit-log.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'begins-anywhere',
    mistake:
      'A chain may begin at any line, because the server may have been restarted: what it did at first can be repeated anywhere.',
    caughtBy: ['audit-tamper'],
    controls: {
      verifyAuditLog: (lines, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        const bad = lines.findIndex((line) => {
          const [, members, mac = ''] = /^(\{.*),"mac":"([\w-]{43})"\}$/s.exec(line) ?? [];
          const fits = [previous, BEFORE_THE_FIRST_LINE].some(
            (before) => mac === chainMac(chainKey, before, `${members}}`),
          );
          previous = mac;
          return !fits;
        });
        return bad === -1 ? undefined : bad;
      },
    },
  },
  {
    name: 'blanks-trimmed',
    mistake:
      'Lines are trimmed before they are verified: the log is not what was written, byte by byte.',
    caughtBy: ['audit-tamper'],
    controls: {
      verifyAuditLog: (lines, chainKey) =>
        verifyReference(
          lines.map((line) => line.trim()),
          chainKey,
        ),
    },
  },
  {
    name: 'free-text-skipped',
    mistake:
      'Lines that do not begin like JSON are taken for comments and skipped, and people read them.',
    caughtBy: ['audit-tamper'],
    controls: {
      verifyAuditLog: (lines, chainKey) => {
        const objects = [...lines.entries()].filter(([, line]) => line.trimStart().startsWith('{'));
        const bad = verifyReference(
          objects.map(([, line]) => line),
          chainKey,
        );
        return bad === undefined ? undefined : objects[bad]?.[0];
      },
    },
  },
  {
    name: 'lines-without-a-mac-skipped',
    mistake:
      'Lines without a mac are taken for remarks of another program and skipped, so anything can be put between the others.',
    caughtBy: ['audit-tamper'],
    controls: {
      verifyAuditLog: (lines, chainKey) => {
        const chained = [...lines.entries()].filter(([, line]) => line.includes('"mac":'));
        const bad = verifyReference(
          chained.map(([, line]) => line),
          chainKey,
        );
        return bad === undefined ? undefined : chained[bad]?.[0];
      },
    },
  },
  {
    name: 'text-behind-the-end',
    mistake:
      'The pattern of a line has no end: whatever is written behind the mac is neither read nor missed.',
    caughtBy: ['audit-tamper'],
    controls: {
      verifyAuditLog: (lines, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        const bad = lines.findIndex((line) => {
          const [, members, mac] = /^(\{.*?),"mac":"([\w-]{43})"\}/s.exec(line) ?? [];
          const expected = chainMac(chainKey, previous, `${members}}`);
          previous = expected;
          return mac !== expected;
        });
        return bad === -1 ? undefined : bad;
      },
    },
  },
];
