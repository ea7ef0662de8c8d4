import { webcrypto } from 'node:crypto';
import { z } from 'zod';
import type {
  AskedCall,
  CreateStateSeal,
  RequireConfirmation,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'WebCrypto with the question as additional data; openings wait for each other in a queue, so that nothing runs between looking and noting.';

const LIFETIME_MS = 5 * 60_000;
const IV_BYTES = 12;
const note = z.object({ id: z.string(), until: z.number() });

const contextOf = ({ actor, tool, arguments: args, question }: AskedCall): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({ who: actor && [actor.issuer, actor.subject], tool, args, question }),
  );

export const createStateSeal: CreateStateSeal = (key) => {
  const imported = webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const used = new Map<string, number>();
  let queue: Promise<unknown> = Promise.resolve();

  async function openNow(state: string, asked: AskedCall): Promise<void> {
    const bytes = Buffer.from(state, 'base64url');
    const opened = await webcrypto.subtle
      .decrypt(
        {
          name: 'AES-GCM',
          iv: bytes.subarray(0, IV_BYTES),
          additionalData: contextOf(asked),
        },
        await imported,
        bytes.subarray(IV_BYTES),
      )
      .catch(() => undefined);
    if (!opened) throw new InvalidInputError('No open question has this state.');
    const { id, until } = note.parse(JSON.parse(new TextDecoder().decode(opened)));
    const now = Date.now();
    for (const [one, end] of used) if (end < now) used.delete(one);
    if (until < now || used.has(id)) {
      throw new InvalidInputError('The question is no longer open. Call again to be asked.');
    }
    await Promise.resolve();
    used.set(id, until);
  }

  return {
    async seal(asked) {
      const iv = webcrypto.getRandomValues(new Uint8Array(IV_BYTES));
      const written = JSON.stringify({
        id: webcrypto.randomUUID(),
        until: Date.now() + LIFETIME_MS,
      });
      const sealed = await webcrypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: contextOf(asked) },
        await imported,
        new TextEncoder().encode(written),
      );
      return Buffer.concat([iv, Buffer.from(sealed)]).toString('base64url');
    },
    open(state, asked) {
      const mine = queue.then(() => openNow(state, asked));
      queue = mine.catch(() => undefined);
      return mine;
    },
  };
};

const NO = 'The user has not agreed, and nothing was done.';
const dialog = z.discriminatedUnion('action', [
  z.object({ action: z.literal('accept'), content: z.object({ confirm: z.boolean() }) }),
  z.object({ action: z.enum(['decline', 'cancel']) }),
]);
const modes = z.object({ form: z.unknown(), url: z.unknown() }).partial();

export const requireConfirmation: RequireConfirmation = async (asked, sent, seal) => {
  const declared = modes.safeParse(sent.capabilities.elicitation);
  if (!declared.success || (declared.data.url !== undefined && declared.data.form === undefined)) {
    throw new InvalidInputError(
      'Your client has no forms to ask its user with. Use a client that declares elicitation.',
    );
  }
  if (sent.requestState === undefined) return { askWith: await seal.seal(asked) };
  await seal.open(sent.requestState, asked);
  const answers = z.object({ confirm: z.unknown() }).safeParse(sent.inputResponses);
  const given = answers.success ? answers.data.confirm : undefined;
  if (given === undefined) return { askWith: await seal.seal(asked) };
  const read = dialog.safeParse(given);
  if (!read.success || read.data.action !== 'accept' || !read.data.content.confirm) {
    throw new InvalidInputError(NO);
  }
  return 'given';
};
