/** Changes to a state whose form nobody but its server knows. */
import { createHash, createHmac } from 'node:crypto';

/** What a state is usually put together with; nothing of base64 or hex. */
const PARTS = /([.~:|])/;
const LONG_ENOUGH = 16;
/** The user may call sixty times a minute, and asks before. */
const MOST_CHANGES = 40;

/** The state with one character changed, at places all over it. Each stands for other bytes. */
export function withOneCharacterChanged(state: string): string[] {
  const places = placesThatCount(state);
  const step = Math.max(1, places.length / MOST_CHANGES);
  const chosen = Array.from(
    { length: Math.min(places.length, MOST_CHANGES) },
    (_, index) => places[Math.floor(index * step)] ?? 0,
  );
  return chosen.map((at) => state.slice(0, at) + another(state.charAt(at)) + state.slice(at + 1));
}

/**
 * Not the last character of a part, whose bits need not all count in base64, and no short part, such as
 * the number of a version.
 */
function placesThatCount(state: string): number[] {
  const places: number[] = [];
  let start = 0;
  for (const part of state.split(PARTS)) {
    const { length } = part.replace(/=+$/, '');
    if (length >= LONG_ENOUGH) {
      for (let at = 0; at < length - 1; at++) places.push(start + at);
    }
    start += part.length;
  }
  return places;
}

/** A character of the same kind, so that case and alphabet stay. */
function another(character: string): string {
  if (/\d/.test(character)) return String((Number(character) + 1) % 10);
  if (/[a-z]/.test(character)) return character === 'a' ? 'b' : 'a';
  if (/[A-Z]/.test(character)) return character === 'A' ? 'B' : 'A';
  return character === '-' ? '_' : character === '_' ? '-' : character === '+' ? '/' : 'A';
}

/** The same bytes in other spellings, for readers that take them. */
export function spelledOtherwise(state: string): string[] {
  const parts = state.split(PARTS);
  const last = parts.at(-1) ?? '';
  const before = state.slice(0, state.length - last.length);
  const spellings = [
    before + unusedBitsChanged(last),
    `${state}=`,
    `${state}==`,
    state.replaceAll('-', '+').replaceAll('_', '/'),
    state.replaceAll('+', '-').replaceAll('/', '_'),
    state.replace(/=+$/, ''),
    /^[\da-f.~:|-]+$/.test(state) ? state.toUpperCase() : state.toLowerCase(),
    `${state} `,
    ` ${state}`,
    `${state}\n`,
  ];
  return [...new Set(spellings)].filter((spelling) => spelling !== state);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Of the last character of base64 without padding, two or four bits are not used. */
function unusedBitsChanged(part: string): string {
  const bare = part.replace(/=+$/, '');
  const at = ALPHABET.indexOf(bare.slice(-1));
  if (bare.length % 4 < 2 || at === -1) return part;
  return bare.slice(0, -1) + ALPHABET.charAt(at ^ 1) + part.slice(bare.length);
}

/** What somebody without the key can write. */
export function madeUp(state: string): string[] {
  const [first = ''] = state.split(PARTS);
  const claims = Buffer.from('{"confirmed":true,"confirm":true}').toString('base64url');
  const noAlgorithm = Buffer.from('{"alg":"none"}').toString('base64url');
  const middle = state.split('.')[1] ?? first;
  return [
    '',
    withWiderCharacter(state),
    'yes',
    'true',
    'null',
    '{}',
    claims,
    `${noAlgorithm}.${middle}.`,
    `v1.${claims}.`,
  ];
}

/** As many characters as before and one byte more, or one less for readers who skip what is no base64. */
function withWiderCharacter(state: string): string {
  const { length } = state.replace(/=+$/, '');
  return `${state.slice(0, length - 2)}é${state.slice(length - 1)}`;
}

/** Without what vouches for it. */
export function cutShort(state: string): string[] {
  const parts = state.split('.');
  return [
    state.slice(0, -Math.ceil(state.length / 4)),
    state.slice(0, Math.ceil(state.length / 2)),
    ...shortTags(state),
    ...(parts.length > 1 ? [parts.slice(0, -1).join('.'), `${parts.slice(0, -1).join('.')}.`] : []),
  ];
}

/** The last part cut to so many bytes as a tag of GCM may have; 16 of them are the whole tag. */
function shortTags(state: string): string[] {
  const last = state.split(PARTS).at(-1) ?? '';
  const before = state.slice(0, state.length - last.length);
  const bytes = /^[\da-f]+$/.test(last) ? 'hex' : 'base64url';
  return [4, 8, 12]
    .map((length) => before + Buffer.from(last, bytes).subarray(0, length).toString(bytes))
    .filter((short) => before !== '' && short.length < state.length);
}

const ENCODINGS = ['base64url', 'base64', 'hex'] as const;
const DIGESTS: ((bytes: Buffer) => Buffer)[] = ['sha256', 'sha512', 'sha1', 'md5'].flatMap(
  (algorithm) => [
    (bytes: Buffer) => createHash(algorithm).update(bytes).digest(),
    (bytes: Buffer) => createHmac(algorithm, '').update(bytes).digest(),
  ],
);

/**
 * One character changed, and what vouches for it made anew, where anybody can: a digest without a key.
 * If it is none, a digest is put there all the same.
 */
export function withDigestOfItsOwn(state: string): string[] {
  const at = state.lastIndexOf('.');
  const [body, proof] = at === -1 ? [state, ''] : [state.slice(0, at), state.slice(at + 1)];
  const readings = [(text: string) => Buffer.from(text), fromBase64];
  for (const read of readings) {
    for (const digest of DIGESTS) {
      for (const encoding of ENCODINGS) {
        if (digest(read(body)).toString(encoding) !== proof) continue;
        return withOneCharacterChanged(body).map(
          (changed) => `${changed}.${digest(read(changed)).toString(encoding)}`,
        );
      }
    }
  }
  const [changed = body] = withOneCharacterChanged(body);
  return [`${changed}.${createHash('sha256').update(changed).digest('base64url')}`];
}

const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64url');
