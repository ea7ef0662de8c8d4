import { createHash, randomUUID } from 'node:crypto';
import { createRequestStateCodec, type ServerContext } from '@modelcontextprotocol/server';
import type { AskedCall, CreateStateSeal } from '../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../exercises/weather-server/errors.ts';

const GOOD_FOR_S = 300;

/** What a state says: which one it is, and what it is about. */
interface Note {
  id: string;
  about: string;
}

/** The codec hands it to its `bind`, which is not used: what a note is about stands in the note. */
const NO_CONTEXT = {} as ServerContext;

/**
 * Seals with the SDK's codec: HMAC-SHA-256 over the note and its expiry, compared in constant time. It
 * signs and does not hide, so that the note holds a digest and no words of the user. The codec does
 * not know who asks for what, nor how often: both are up to us (MCP 2026-07-28, MRTR, server
 * requirements 4 and 5).
 *
 * What was used up is the note's id and not the text of the state. Base64 has several spellings for
 * the same bytes, and the codec takes them all.
 *
 * The ids stand in this process. Two instances with one key would open a state once each.
 */
export const createStateSeal: CreateStateSeal = (key) => {
  const codec = createRequestStateCodec<Note>({ key, ttlSeconds: GOOD_FOR_S });
  /** Id -> when it can be forgotten, the oldest first. */
  const opened = new Map<string, number>();

  return {
    seal: (asked) => codec.mint({ id: randomUUID(), about: digestOf(asked) }),

    async open(state, asked) {
      const note = await codec.verify(state, NO_CONTEXT).catch(() => undefined);
      // From here to the end nothing is awaited, so that of two at once one is the first.
      const now = Date.now();
      for (const [id, until] of opened) {
        if (until > now) break;
        opened.delete(id);
      }
      if (!note || note.about !== digestOf(asked) || opened.has(note.id)) {
        throw new InvalidInputError('This answer belongs to no open question. Call again to ask.');
      }
      // A second longer than the codec, which counts in whole ones.
      opened.set(note.id, now + (GOOD_FOR_S + 1) * 1000);
    },
  };
};

/** A subject is unique at its issuer only. The token is renewed between question and answer. */
function digestOf({ actor, tool, arguments: args, question }: AskedCall): string {
  const user = actor ? [actor.issuer, actor.subject] : null;
  const members = Object.entries(args).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([user, tool, members, question]))
    .digest('base64url');
}
