import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { AskedCall, CreateStateSeal } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The state holds a number, a time and a MAC; the MAC also covers the question, which comes with the call.';

export const createStateSeal: CreateStateSeal = (key) => {
  const spent = new Map<string, number>();
  const proof = (id: string, until: string, asked: AskedCall): Buffer => {
    const { actor, tool, arguments: args, question } = asked;
    const user = [actor?.issuer ?? null, actor?.subject ?? null];
    return createHmac('sha256', key)
      .update(JSON.stringify([id, until, user, tool, args, question]))
      .digest();
  };
  return {
    seal(asked) {
      const [id, until] = [randomUUID(), String(Date.now() + 300_000)];
      return `${id}.${until}.${proof(id, until, asked).toString('hex')}`;
    },
    open(state, asked) {
      const [id = '', until = '', sent = '', ...more] = state.split('.');
      const bytes = Buffer.from(sent, 'hex');
      const expected = proof(id, until, asked);
      const isOurs = bytes.length === expected.length && timingSafeEqual(bytes, expected);
      if (!isOurs || more.length > 0 || Number(until) < Date.now() || spent.has(id)) {
        throw new InvalidInputError('That was not asked, or is over.');
      }
      spent.set(id, Number(until));
      for (const [old, end] of spent) if (end < Date.now()) spent.delete(old);
    },
  };
};
