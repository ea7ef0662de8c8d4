import { createHash, createHmac } from 'node:crypto';
import pino from 'pino';
import type {
  AuditLog,
  CreateAuditLog,
  VerifyAuditLog,
} from '../../../exercises/weather-server/controls.ts';
import {
  BEFORE_THE_FIRST_LINE,
  chainMac,
  createAuditLog as createReference,
  createAuditLog as rightly,
} from '../../../solutions/12-audit-log/audit-log.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'a-chain-for-each-file',
    mistake:
      'A new chain begins after so many lines, as if the log were cut into files; read as a whole, it looks as if somebody had cut it.',
    caughtBy: ['log-verifies'],
    controls() {
      const LINES_OF_A_FILE = 20;

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let log: AuditLog = rightly(writeLine, chainKey);
        let lines = 0;
        return {
          record(entry) {
            if (lines === LINES_OF_A_FILE) {
              log = rightly(writeLine, chainKey);
              lines = 0;
            }
            lines += 1;
            log.record(entry);
          },
          ready: () => log.ready?.() ?? true,
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'actor-from-refused-token',
    mistake:
      'If nobody was verified, the actor is read from the token as it is: anyone can put anyone into the log.',
    caughtBy: ['audit-denied-omitted'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
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
      },
    },
  },
  {
    name: 'allowed-by-name-only',
    mistake:
      'City and units are on the list of what is logged, whatever stands there: a key, or a hundred thousand arrays.',
    caughtBy: ['audit-deep-arguments', 'audit-member-types', 'audit-secret'],
    controls() {
      const escape = (json: string): string =>
        json.replaceAll(
          /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
          (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const { city, units } = (call.arguments ?? {}) as { city?: unknown; units?: unknown };
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              arguments: { city, units },
              outcome,
              reason,
            };
            const line = escape(JSON.stringify(record));
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'arguments-assumed',
    mistake:
      'Arguments are read as if they were an object; a call that sends none breaks the log, and the log the server.',
    caughtBy: ['audit-denied-omitted'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const { units } = call.arguments as { units?: unknown };
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              units: units === 'metric' || units === 'imperial' ? units : undefined,
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      },
    },
  },
  {
    name: 'arguments-cut',
    mistake:
      'The arguments are serialized and then cut: cutting leaves the first secret in, and what is too deep cannot be serialized.',
    caughtBy: ['audit-deep-arguments', 'audit-secret'],
    controls() {
      const escape = (json: string): string =>
        json.replaceAll(
          /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
          (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              arguments: JSON.stringify(call.arguments)?.slice(0, 500),
              reason,
            };
            const line = escape(JSON.stringify(record));
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'arguments-in-base64',
    mistake:
      'The arguments are encoded so that they can forge nothing, and everyone who can read can decode them.',
    caughtBy: ['audit-secret'],
    controls() {
      const encode = (value: unknown): string => {
        try {
          return Buffer.from(JSON.stringify(value).slice(0, 2000)).toString('base64');
        } catch {
          return 'too deep';
        }
      };

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              arguments: encode(call.arguments),
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'arguments-spread',
    mistake:
      'The arguments are spread into the record: they go first so that the server’s members win, and every other member is the caller’s.',
    caughtBy: ['audit-deep-arguments', 'audit-forge', 'audit-member-types', 'audit-secret'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const record: Record<string, unknown> = {
              ...(call.arguments as object),
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      },
    },
  },
  {
    name: 'clipped-to-16',
    mistake:
      'Every argument is logged, clipped to 16 characters: that bounds the line, and many passwords are shorter.',
    caughtBy: ['audit-secret'],
    controls() {
      const escape = (json: string): string =>
        json.replaceAll(
          /[^\u0020-\u007e]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );

      const clip = (value: unknown): string =>
        (typeof value === 'string' ? value : '').slice(0, 16);

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const sent = Object.entries(call.arguments ?? {}).slice(0, 20);
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              arguments: sent.map(([name, value]) => [clip(name), clip(value)]),
              reason,
            };
            const line = escape(JSON.stringify(record));
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'each-line-alone',
    mistake:
      'Every line has a mac of its own and none of its neighbor: lines can be removed, repeated and swapped.',
    caughtBy: ['audit-tamper'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor,
              tool,
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            const mac = createHmac('sha256', chainKey).update(line).digest('hex');
            writeLine(`${line.slice(0, -1)},"mac":"${mac}"}`);
          },
        };
      },
      verifyAuditLog: (lines, chainKey) => {
        const bad = lines.findIndex((line) => {
          const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
          return mac !== createHmac('sha256', chainKey).update(`${members}}`).digest('hex');
        });
        return bad === -1 ? undefined : bad;
      },
    },
  },
  {
    name: 'failed-means-refused',
    mistake:
      'Whatever did not succeed is called refused, so a tool that breaks looks like a caller who misbehaves.',
    caughtBy: ['audit-denied-omitted', 'log-tells-outcomes'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        const log = createReference(writeLine, chainKey);
        return {
          record: (entry) =>
            log.record({
              ...entry,
              outcome: entry.outcome === 'succeeded' ? 'succeeded' : 'refused',
            }),
        };
      },
    },
  },
  {
    name: 'forwarded-address-believed',
    mistake: 'The address comes from X-Forwarded-For, which is the caller’s own text.',
    caughtBy: ['audit-forge'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        const log = createReference(writeLine, chainKey);
        return {
          record(entry) {
            const forwarded = entry.call.headers['x-forwarded-for'];
            const ip = String(forwarded ?? entry.call.ip).split(',')[0]!;
            log.record({ ...entry, call: { ...entry.call, ip } });
          },
        };
      },
    },
  },
  {
    name: 'free-text',
    mistake:
      'The line is a sentence, in which the name of a tool or a city can go on as it likes, and no program can tell who said what.',
    caughtBy: [
      'audit-deep-arguments',
      'audit-denied-omitted',
      'audit-forge',
      'audit-member-types',
      'audit-secret',
      'log-names-callers',
      'log-tells-outcomes',
    ],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const who = call.actor ? `${call.actor.issuer} ${call.actor.subject}` : 'anonymous';
            const line = `${new Date().toISOString()} ${call.requestId} ${call.ip} ${who} ${outcome} ${reason ?? '-'} ${call.tool.slice(0, 100)}`;
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line} ${previous}`);
          },
        };
      },
      verifyAuditLog: (lines, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        const bad = lines.findIndex((line) => {
          previous = chainMac(chainKey, previous, line.slice(0, -44));
          return line.slice(-43) !== previous;
        });
        return bad === -1 ? undefined : bad;
      },
    },
  },
  {
    name: 'invisible-left-in',
    mistake:
      'Controls, separators and bidi marks are escaped; zero-width and tag characters stay, so two names look the same, and a model reads what people do not see.',
    caughtBy: ['audit-forge'],
    controls() {
      const escape = (json: string): string =>
        json.replaceAll(
          /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: call.tool.slice(0, 19),
              outcome,
              reason,
            };
            const line = escape(JSON.stringify(record));
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'json-is-enough',
    mistake:
      '`JSON.stringify` escapes line feeds; U+2028, C1 controls and overrides it leaves as they are.',
    caughtBy: ['audit-forge', 'audit-secret'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool:
                call.tool.length < 20 || /\W/.test(call.tool) ? call.tool.slice(0, 200) : 'unknown',
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      },
    },
  },
  {
    name: 'key-in-the-source',
    mistake:
      'The chain is under a key that stands in the source, and not under the one that was given.',
    caughtBy: ['audit-tamper'],
    controls() {
      const mac = (text: string): string =>
        createHmac('sha256', 'weather-audit-v1').update(text).digest('hex');

      const createAuditLog: CreateAuditLog = (writeLine) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor,
              tool,
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = mac(previous + line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      const verifyAuditLog: VerifyAuditLog = (lines) => {
        let expected = '';
        const bad = lines.findIndex((line) => {
          const [, members, found] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
          expected = mac(`${expected}${members}}`);
          return found !== expected;
        });
        return bad === -1 ? undefined : bad;
      };

      return { createAuditLog, verifyAuditLog };
    },
  },
  {
    name: 'known-users-only',
    mistake:
      'A call without an actor seems to be nobody’s, and is not logged: all that authentication refuses.',
    caughtBy: ['audit-deep-arguments', 'audit-denied-omitted'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        const log = createReference(writeLine, chainKey);
        return {
          record(entry) {
            if (entry.call.actor) log.record(entry);
          },
        };
      },
    },
  },
  {
    name: 'local-time',
    mistake:
      'The time is the server’s local time, in words: nobody can put it next to another log.',
    caughtBy: ['audit-denied-omitted', 'log-names-callers', 'log-tells-outcomes'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const record = {
              time: new Date().toLocaleString('en-US'),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      },
    },
  },
  {
    name: 'measured-by-writing-it-out',
    mistake:
      'Large arguments are left out, and to learn how large they are they are serialized; what is too deep for that breaks the log.',
    caughtBy: ['audit-deep-arguments'],
    controls() {
      const LARGEST = 10_000;

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        const log = rightly(writeLine, chainKey);
        return {
          ...log,
          record(entry) {
            const { length } = JSON.stringify(entry.call.arguments ?? null);
            const call = length > LARGEST ? { ...entry.call, arguments: undefined } : entry.call;
            log.record({ ...entry, call });
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'one-line-a-request',
    mistake:
      'The request id keeps a call from being logged twice, and the other calls of a batch from being logged at all.',
    caughtBy: ['audit-denied-omitted'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        const log = createReference(writeLine, chainKey);
        const seen = new Set<string>();
        return {
          record(entry) {
            if (seen.has(entry.call.requestId)) return;
            seen.add(entry.call.requestId);
            log.record(entry);
          },
        };
      },
    },
  },
  {
    name: 'parsed-copy-verified',
    mistake:
      'The mac is checked of what `JSON.parse` makes of a line: a member put in front of its namesake is gone there, and stands in the log.',
    caughtBy: ['audit-tamper'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              reason,
            };
            const members = JSON.stringify(record);
            previous = createHmac('sha256', chainKey)
              .update(previous)
              .update(members)
              .digest('hex');
            writeLine(JSON.stringify({ ...record, mac: previous }));
          },
        };
      },
      verifyAuditLog: (lines, chainKey) => {
        let previous = '';
        const bad = lines.findIndex((line) => {
          try {
            const { mac, ...record } = JSON.parse(line) as Record<string, unknown>;
            const members = JSON.stringify(record);
            previous = createHmac('sha256', chainKey)
              .update(previous)
              .update(members)
              .digest('hex');
            return mac !== previous;
          } catch {
            return true;
          }
        });
        return bad === -1 ? undefined : bad;
      },
    },
  },
  {
    name: 'pino-redact',
    mistake:
      'pino redacts the paths it is told, and nothing else: other names, other depths, and values that are not where they belong.',
    caughtBy: ['audit-deep-arguments', 'audit-forge', 'audit-member-types', 'audit-secret'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        const logger = pino(
          {
            base: null,
            timestamp: pino.stdTimeFunctions.isoTime,
            redact: [
              'headers.authorization',
              'arguments.password',
              'arguments.api_key',
              'arguments.*.token',
            ],
          },
          {
            write(text) {
              const line = text.trimEnd();
              previous = chainMac(chainKey, previous, line);
              writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
            },
          },
        );
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor, tool, headers, arguments: args } = call;
            logger.info({ requestId, ip, actor, tool, outcome, reason, headers, arguments: args });
          },
        };
      },
    },
  },
  {
    name: 'plain-hash-chain',
    mistake: 'A chain of SHA-256 without a key: whoever can write to the log computes it anew.',
    caughtBy: ['audit-tamper'],
    controls: {
      createAuditLog: (writeLine) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor,
              tool,
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = createHash('sha256')
              .update(previous + line)
              .digest('hex');
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      },
      verifyAuditLog: (lines) => {
        let expected = '';
        const bad = lines.findIndex((line) => {
          const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
          expected = createHash('sha256').update(`${expected}${members}}`).digest('hex');
          return mac !== expected;
        });
        return bad === -1 ? undefined : bad;
      },
    },
  },
  {
    name: 'previous-mac-believed',
    mistake:
      'Each line names the mac before it, and the first one is believed: without its beginning, the log is in order.',
    caughtBy: ['audit-tamper'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor,
              tool,
              outcome,
              reason,
            };
            const line = JSON.stringify({ ...record, previous });
            previous = createHmac('sha256', chainKey).update(line).digest('hex');
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      },
      verifyAuditLog: (lines, chainKey) => {
        let last: string | undefined;
        const bad = lines.findIndex((line) => {
          const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
          const text = `${members}}`;
          if (mac !== createHmac('sha256', chainKey).update(text).digest('hex')) return true;
          const { previous } = JSON.parse(text) as { previous: string };
          const fits = last === undefined || previous === last;
          last = mac;
          return !fits;
        });
        return bad === -1 ? undefined : bad;
      },
    },
  },
  {
    name: 'redacted-by-name',
    mistake:
      'Members called password or api_key are masked at any depth; the same value under another name is not, nor one that is the city.',
    caughtBy: ['audit-deep-arguments', 'audit-forge', 'audit-member-types', 'audit-secret'],
    controls() {
      const SECRET = /password|passwd|secret|token|api[-_]?key|authorization|cookie|credential/i;

      const redact = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(redact);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(
          Object.entries(value).map(([name, inner]) => [
            name,
            SECRET.test(name) ? '***' : redact(inner),
          ]),
        );
      };

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              arguments: redact(call.arguments),
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'seeded-hash-chain',
    mistake:
      'The key only goes into the first hash; from any line on, the chain needs no more than what the log itself says.',
    caughtBy: ['audit-tamper'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor,
              tool,
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = createHash('sha256')
              .update((previous || chainKey.toString('hex')) + line)
              .digest('hex');
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      },
      verifyAuditLog: (lines, chainKey) => {
        let expected = chainKey.toString('hex');
        const bad = lines.findIndex((line) => {
          const [, members, mac] = /^(\{.*),"mac":"(\w{64})"\}$/s.exec(line) ?? [];
          expected = createHash('sha256').update(`${expected}${members}}`).digest('hex');
          return mac !== expected;
        });
        return bad === -1 ? undefined : bad;
      },
    },
  },
  {
    name: 'success-only',
    mistake: 'Only what succeeded is logged, so whoever tries and is refused was never here.',
    caughtBy: ['audit-deep-arguments', 'audit-denied-omitted', 'log-tells-outcomes'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        const log = createReference(writeLine, chainKey);
        return {
          record(entry) {
            if (entry.outcome === 'succeeded') log.record(entry);
          },
        };
      },
    },
  },
  {
    name: 'time-twice',
    mistake:
      'pino adds a time of its own to the one in the record, so every line has two, and readers differ about which counts.',
    caughtBy: ['audit-forge'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        const logger = pino(
          { base: null, timestamp: pino.stdTimeFunctions.isoTime },
          {
            write(text) {
              const line = text.trimEnd();
              previous = chainMac(chainKey, previous, line);
              writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
            },
          },
        );
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            logger.info({
              time: new Date().toISOString(),
              requestId,
              ip,
              actor,
              tool,
              outcome,
              reason,
            });
          },
        };
      },
    },
  },
  {
    name: 'user-agent-as-sent',
    mistake: 'The user agent goes into the line as it was sent, with whatever it holds.',
    caughtBy: ['audit-forge', 'audit-secret'],
    controls: {
      createAuditLog: (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              outcome,
              userAgent: call.headers['user-agent'],
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      },
    },
  },
  {
    name: 'days-as-sent',
    mistake:
      'Days are shown if they are two digits, as a number or as a text, just as they were sent: whoever writes "7" is not found by those who search for 7.',
    caughtBy: ['audit-member-types'],
    controls() {
      const isDays = (days: unknown): boolean =>
        (typeof days === 'number' || typeof days === 'string') && /^\d{1,2}$/.test(String(days));

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const { days } = Object(call.arguments) as { days?: unknown };
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              arguments: isDays(days) ? { days } : {},
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'described-in-its-place',
    mistake:
      'A city that is not shown is described by an object in its place: a string in one line and an object in another, and an index drops the second.',
    caughtBy: ['audit-member-types'],
    controls() {
      const CITY = /^[A-Z][a-z]{1,15}$/;

      const present = (city: unknown): unknown =>
        typeof city === 'string' && CITY.test(city) ? city : { notShown: typeof city };

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = BEFORE_THE_FIRST_LINE;
        return {
          record({ call, outcome, reason }) {
            const { city } = Object(call.arguments) as { city?: unknown };
            const record = {
              time: new Date().toISOString(),
              requestId: call.requestId,
              ip: call.ip,
              actor: call.actor ? { issuer: call.actor.issuer, subject: call.actor.subject } : null,
              tool: /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown',
              arguments: { city: present(city) },
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = chainMac(chainKey, previous, line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      return { createAuditLog };
    },
  },
  {
    name: 'key-as-its-id',
    mistake: 'The id of a key is its beginning in base64url, for which half a key was taken.',
    caughtBy: ['audit-tamper'],
    controls() {
      const mac = (chainKey: Buffer, text: string): string =>
        createHmac('sha256', chainKey).update(text).digest('hex');

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor: actor ? { issuer: actor.issuer, subject: actor.subject } : null,
              tool,
              outcome,
              reason,
              keyId: chainKey.toString('base64url', 0, 16),
            };
            const line = JSON.stringify(record);
            previous = mac(chainKey, previous + line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
        let expected = '';
        const bad = lines.findIndex((line) => {
          const [, members, found = ''] = /^(\{.*),"mac":"([\da-f]{64})"\}$/s.exec(line) ?? [];
          expected = mac(chainKey, `${expected}${members}}`);
          return found !== expected;
        });
        return bad === -1 ? undefined : bad;
      };

      return { createAuditLog, verifyAuditLog };
    },
  },
  {
    name: 'key-in-each-line',
    mistake:
      'Each line names the key it is chained under, so that one finds the right one after a change; whoever reads the log can write it.',
    caughtBy: ['audit-tamper'],
    controls() {
      const mac = (chainKey: Buffer, text: string): string =>
        createHmac('sha256', chainKey).update(text).digest('hex');

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor: actor ? { issuer: actor.issuer, subject: actor.subject } : null,
              tool,
              outcome,
              reason,
              chain: { key: chainKey.toString('hex') },
            };
            const line = JSON.stringify(record);
            previous = mac(chainKey, previous + line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
        let expected = '';
        const bad = lines.findIndex((line) => {
          const [, members, found = ''] = /^(\{.*),"mac":"([\da-f]{64})"\}$/s.exec(line) ?? [];
          expected = mac(chainKey, `${expected}${members}}`);
          return found !== expected;
        });
        return bad === -1 ? undefined : bad;
      };

      return { createAuditLog, verifyAuditLog };
    },
  },
  {
    name: 'mac-compared-in-its-first-characters',
    mistake:
      'Of a mac the first sixteen characters are compared, as they are shown to people; a line and the rest of its mac may be anything.',
    caughtBy: ['audit-tamper'],
    controls() {
      const mac = (chainKey: Buffer, text: string): string =>
        createHmac('sha256', chainKey).update(text).digest('hex');

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor: actor ? { issuer: actor.issuer, subject: actor.subject } : null,
              tool,
              outcome,
              reason,
            };
            const line = JSON.stringify(record);
            previous = mac(chainKey, previous + line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
        let expected = '';
        const bad = lines.findIndex((line) => {
          const [, members, found = ''] = /^(\{.*),"mac":"([\da-f]{64})"\}$/s.exec(line) ?? [];
          expected = mac(chainKey, `${expected}${members}}`);
          return found.slice(0, 16) !== expected.slice(0, 16);
        });
        return bad === -1 ? undefined : bad;
      };

      return { createAuditLog, verifyAuditLog };
    },
  },
  {
    name: 'second-half-for-support',
    mistake:
      'The end of the key is shown as the ends of card numbers are, and half of a key is no key.',
    caughtBy: ['audit-tamper'],
    controls() {
      const mac = (chainKey: Buffer, text: string): string =>
        createHmac('sha256', chainKey).update(text).digest('hex');

      const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
        let previous = '';
        return {
          record({ call, outcome, reason }) {
            const { requestId, ip, actor } = call;
            const tool = /^[a-z_]{1,19}$/.test(call.tool) ? call.tool : 'unknown';
            const record = {
              time: new Date().toISOString(),
              requestId,
              ip,
              actor: actor ? { issuer: actor.issuer, subject: actor.subject } : null,
              tool,
              outcome,
              reason,
              chainKey: `…${chainKey.subarray(16).toString('base64')}`,
            };
            const line = JSON.stringify(record);
            previous = mac(chainKey, previous + line);
            writeLine(`${line.slice(0, -1)},"mac":"${previous}"}`);
          },
        };
      };

      const verifyAuditLog: VerifyAuditLog = (lines, chainKey) => {
        let expected = '';
        const bad = lines.findIndex((line) => {
          const [, members, found = ''] = /^(\{.*),"mac":"([\da-f]{64})"\}$/s.exec(line) ?? [];
          expected = mac(chainKey, `${expected}${members}}`);
          return found !== expected;
        });
        return bad === -1 ? undefined : bad;
      };

      return { createAuditLog, verifyAuditLog };
    },
  },
];
