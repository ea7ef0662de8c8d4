import type { CreateAuditLog } from '../../../exercises/weather-server/controls.ts';
import { BEFORE_THE_FIRST_LINE, chainMac } from '../../../solutions/12-audit-log/audit-log.ts';

export const mistake =
  'A city that is not shown is described by an object in its place: a string in one line and an object in another, and an index drops the second.';
export const caughtBy = ['audit-member-types'];

const CITY = /^[A-Z][a-z]{1,15}$/;

const present = (city: unknown): unknown =>
  typeof city === 'string' && CITY.test(city) ? city : { notShown: typeof city };

export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
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
