import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type {
  Actor,
  CreateExportHandles,
  ExportJob,
} from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A handle carries a MAC over its number and its user, so that one of somebody else is not even looked up.';

const LIFETIME_MS = 15 * 60_000;

export const createExportHandles: CreateExportHandles = () => {
  const key = randomBytes(32);
  const jobs = new Map<number, { job: ExportJob; until: number }>();
  let last = 0;

  const macOf = (actor: Actor | undefined, number: number): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([actor?.issuer, actor?.subject, number]))
      .digest();

  function numberIn(actor: Actor | undefined, handle: string): number | undefined {
    const [number = '', mac = ''] = handle.split('.');
    const [sent, expected] = [Buffer.from(mac, 'hex'), macOf(actor, Number(number))];
    const isOurs = sent.length === expected.length && timingSafeEqual(sent, expected);
    return isOurs ? Number(number) : undefined;
  }

  const find = (actor: Actor | undefined, handle: string): ExportJob => {
    const kept = jobs.get(numberIn(actor, handle) ?? -1);
    if (!kept || kept.until < Date.now()) throw new NotFoundError('Nothing here.');
    return kept.job;
  };

  return {
    issue(actor, job) {
      jobs.set(++last, { job, until: Date.now() + LIFETIME_MS });
      return `${last}.${macOf(actor, last).toString('hex')}`;
    },
    find,
    end(actor, handle) {
      find(actor, handle);
      jobs.delete(numberIn(actor, handle) ?? -1);
    },
  };
};
