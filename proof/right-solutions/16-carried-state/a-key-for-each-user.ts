import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { AskedCall, CreateStateSeal } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Each user has a key, derived with HKDF from issuer and subject, so that no state of another opens.';

const note = z.object({ number: z.string(), until: z.number(), call: z.string() });

const callOf = ({ tool, arguments: args, question }: AskedCall): string =>
  JSON.stringify([tool, args, question]);

export const createStateSeal: CreateStateSeal = (key) => {
  const seen = new Map<string, number>();
  const macOf = ({ actor }: AskedCall, body: string): Buffer => {
    const user = JSON.stringify([actor?.issuer, actor?.subject]);
    const own = hkdfSync('sha256', key, Buffer.alloc(0), `confirmation ${user}`, 32);
    return createHmac('sha256', Buffer.from(own)).update(body).digest();
  };
  const refused = () => new InvalidInputError('Nobody was asked about this.');
  return {
    seal(asked) {
      const said: z.infer<typeof note> = {
        number: randomBytes(16).toString('hex'),
        until: Date.now() + 290_000,
        call: callOf(asked),
      };
      const body = Buffer.from(JSON.stringify(said)).toString('base64');
      return `${body}:${macOf(asked, body).toString('base64')}`;
    },
    open(state, asked) {
      const [body = '', mac = ''] = state.split(':');
      const [sent, expected] = [Buffer.from(mac, 'base64'), macOf(asked, body)];
      if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) throw refused();
      const { number, until, call } = note.parse(
        JSON.parse(Buffer.from(body, 'base64').toString()),
      );
      const isOpen = until > Date.now() && !seen.has(number);
      if (!isOpen || call !== callOf(asked)) throw refused();
      seen.set(number, until);
      for (const [old, end] of seen) if (end < Date.now()) seen.delete(old);
    },
  };
};
