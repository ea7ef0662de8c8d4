import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AskedCall, CreateStateSeal } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The client gets a random number only; what it stands for never leaves the server, which has one process.';

const personAnd = ({ actor, ...asked }: AskedCall): object => ({
  ...structuredClone(asked),
  issuer: actor?.issuer,
  subject: actor?.subject,
});

export const createStateSeal: CreateStateSeal = () => {
  const open = new Map<string, { asked: object; until: number }>();
  return {
    seal(asked) {
      for (const [state, { until }] of open) if (until < Date.now()) open.delete(state);
      const state = randomUUID();
      open.set(state, { asked: personAnd(asked), until: Date.now() + 300_000 });
      return state;
    },
    open(state, asked) {
      const found = open.get(state);
      const isOurs = found && isDeepStrictEqual(found.asked, personAnd(asked));
      if (!isOurs || found.until < Date.now()) {
        throw new InvalidInputError('No such question is open. Ask again.');
      }
      open.delete(state);
    },
  };
};
