import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { AskedCall, CreateStateSeal } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'AES-256-GCM: the question is additional authenticated data, and the IV is the number of the state.';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const GOOD_FOR_MS = 300_000;

const aboutOf = ({ actor, tool, arguments: args, question }: AskedCall): Buffer =>
  Buffer.from(JSON.stringify([actor?.issuer, actor?.subject, tool, args, question]));

export const createStateSeal: CreateStateSeal = (key) => {
  const opened = new Map<string, number>();
  return {
    seal(asked) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(aboutOf(asked));
      const until = Buffer.alloc(8);
      until.writeDoubleBE(Date.now() + GOOD_FOR_MS);
      const text = Buffer.concat([cipher.update(until), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(state, asked) {
      const bytes = Buffer.from(state, 'base64url');
      const iv = bytes.subarray(0, IV_BYTES);
      let until = 0;
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
        cipher.setAAD(aboutOf(asked));
        cipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const text = cipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
        until = Buffer.concat([text, cipher.final()]).readDoubleBE();
      } catch {
        // It was not sealed here, or for something else.
      }
      const id = iv.toString('hex');
      if (until < Date.now() || opened.has(id)) {
        throw new InvalidInputError('Nobody has asked this. Call again.');
      }
      for (const [old, end] of opened) if (end < Date.now()) opened.delete(old);
      opened.set(id, until);
    },
  };
};
