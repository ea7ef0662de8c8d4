/** What Skydiary wrote down of what the server sent there, and whether a text holds a token. */
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import type { LabSession } from '../../../lab/protocol.ts';

export const ENTRIES = 'https://api.skydiary.example/entries';
export const ACCOUNT = 'https://api.skydiary.example/account';

export type ThirdPartyEntry = Extract<TapeEntry, { kind: 'third-party' }>;

/** Skydiary's own log of what the server sent there. */
export const logThere = async (lab: LabSession): Promise<ThirdPartyEntry[]> =>
  (await lab.tape()).filter((entry): entry is ThirdPartyEntry => entry.kind === 'third-party');

/** As it is, and as it looks in the encodings that programs use without a thought. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Of base64 the middle, which does not depend on what stands beside it.
  const shifted = [0, 1, 2].map((by) =>
    Buffer.concat([Buffer.alloc(by), bytes])
      .toString('base64url')
      .slice(4, -4),
  );
  return [secret, bytes.toString('hex'), encodeURIComponent(secret), ...shifted];
}

/** Whether `text` holds the secret, in the open or in an encoding that needs no key. */
export function holds(text: string, secret: string): boolean {
  const plain = text.replaceAll('+', '-').replaceAll('/', '_');
  return spellingsOf(secret).some(
    (spelling) => text.includes(spelling) || plain.includes(spelling),
  );
}

/** Which of Skydiary's tokens `text` holds. */
export async function tokensIn(lab: LabSession, text: string): Promise<string[]> {
  return (await lab.thirdParty.tokens()).filter((token) => holds(text, token));
}

/** With it anybody can go to our server: the whole token, or the part of it that cannot be made up. */
export function hasOurToken(shown: string, token: string): boolean {
  const signature = token.split('.')[2] ?? token;
  return [token, signature].some((part) => holds(shown, part));
}
