import { randomUUID } from 'node:crypto';
import { createRequestStateCodec, type ServerContext } from '@modelcontextprotocol/server';
import type { AskedCall, CreateStateSeal } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The codec of the SDK binds by itself: one is made for each question, and its `bind` gives the question.';

/** What `bind` gets from the codec; it looks at the question instead. */
const CONTEXT = {} as ServerContext;

export const createStateSeal: CreateStateSeal = (key) => {
  const spent = new Map<string, number>();
  const codecFor = ({ actor, tool, arguments: args, question }: AskedCall) =>
    createRequestStateCodec<string>({
      key,
      ttlSeconds: 300,
      bind: () => JSON.stringify([actor?.issuer, actor?.subject, tool, args, question]),
    });
  return {
    seal: (asked) => codecFor(asked).mint(randomUUID(), CONTEXT),
    async open(state, asked) {
      let id: string;
      try {
        id = await codecFor(asked).verify(state, CONTEXT);
      } catch {
        throw new InvalidInputError('This answer is to another question, or comes too late.');
      }
      if (spent.has(id)) throw new InvalidInputError('This answer was used already.');
      spent.set(id, Date.now());
      for (const [old, at] of spent) if (at < Date.now() - 302_000) spent.delete(old);
    },
  };
};
