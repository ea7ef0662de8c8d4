/**
 * What somebody can do to sealed records who may write to their table and has no key. Everything goes
 * by the members of `SealedCredential`, whatever a vault keeps in them.
 */
import { createHash } from 'node:crypto';
import type { SealedCredential } from '../../../exercises/weather-server/controls.ts';

type Members = Partial<Record<string, string>>;

/** `record` with one member's bytes changed, spelled as before; undefined: that changes nothing. */
export function edited(
  record: SealedCredential,
  member: string,
  change: (bytes: Buffer) => Buffer,
): SealedCredential | undefined {
  const text = (record as unknown as Members)[member];
  if (typeof text !== 'string' || text === '') return undefined;
  const encoding = encodingOf(text);
  const changed = change(Buffer.from(text, encoding)).toString(encoding);
  return changed === text ? undefined : { ...record, [member]: changed };
}

/** Contracts say base64; a vault that spells its members otherwise must not look safe for it. */
function encodingOf(text: string): BufferEncoding {
  if (/^(?:[0-9a-f]{2})+$/.test(text)) return 'hex';
  return /[-_]/.test(text) || text.length % 4 !== 0 ? 'base64url' : 'base64';
}

/** `record` without one of its members. */
function without(record: SealedCredential, member: string): SealedCredential | undefined {
  if (!(member in record)) return undefined;
  const { [member]: _dropped, ...rest } = record as unknown as Members;
  return rest as unknown as SealedCredential;
}

/** The wrapped data key of one record with the ciphertext of another. */
export function mixed(keyFrom: SealedCredential, dataFrom: SealedCredential): SealedCredential {
  const pick = (record: SealedCredential, aboutKey: boolean) =>
    Object.entries(record).filter(([name]) => /dek|kek/i.test(name) === aboutKey);
  return Object.fromEntries([
    ...pick(keyFrom, true),
    ...pick(dataFrom, false),
  ]) as unknown as SealedCredential;
}

/** Most bytes of one member that are tried: all of short ones, evenly spread over long ones. */
const BYTES_TRIED = 40;

/** `record` with one bit changed, in every member but the version and at many places. */
export function withOneBitChanged(record: SealedCredential): SealedCredential[] {
  return Object.keys(record)
    .filter((member) => member !== 'kekVersion')
    .flatMap((member) => {
      const length = bytesOf(record, member).length;
      const places = Math.min(length, BYTES_TRIED);
      return Array.from({ length: places }, (_, index) => {
        const at = Math.round((index * (length - 1)) / Math.max(1, places - 1));
        return edited(record, member, (bytes) => flip(bytes, at, 1 << (index % 8)));
      });
    })
    .filter((changed) => changed !== undefined);
}

/**
 * `record` changed so that a text which begins with `from` may begin with `to`. In CBC the IV decides
 * about the first block, in a stream cipher the first bytes of the ciphertext; either may have the IV
 * in front of it.
 */
export function aimedAt(record: SealedCredential, from: string, to: string): SealedCredential[] {
  const was = Buffer.from(from);
  const mask = Buffer.from(to).map((byte, index) => byte ^ (was[index] ?? byte));
  const at = (offset: number) => (bytes: Buffer) =>
    mask.reduce((changed, bits, index) => flip(changed, offset + index, bits), bytes);
  return [
    edited(record, 'iv', at(0)),
    ...[0, 12, 16].map((offset) => edited(record, 'encrypted', at(offset))),
  ].filter((changed) => changed !== undefined);
}

/** `record` with its ciphertext cut, extended and put together anew, in blocks of 16 bytes. */
export function rearranged(record: SealedCredential): SealedCredential[] {
  const firstBlock = bytesOf(record, 'encrypted').subarray(0, 16);
  const beheaded = edited(record, 'encrypted', (bytes) => bytes.subarray(16));
  const block = (bytes: Buffer, index: number) => bytes.subarray(16 * index, 16 * index + 16);
  return [
    beheaded,
    beheaded && edited(beheaded, 'iv', () => firstBlock),
    edited(record, 'encrypted', (bytes) => bytes.subarray(0, -16)),
    edited(record, 'encrypted', (bytes) => bytes.subarray(0, -1)),
    edited(record, 'encrypted', (bytes) => Buffer.concat([bytes, bytes.subarray(-16)])),
    edited(record, 'encrypted', (bytes) =>
      Buffer.concat([block(bytes, 1), block(bytes, 0), bytes.subarray(32)]),
    ),
    edited(record, 'encrypted', () => Buffer.alloc(0)),
    edited(record, 'encryptedDek', (bytes) => bytes.subarray(0, 16)),
  ].filter((changed) => changed !== undefined);
}

/**
 * `record` with `cut` bytes less of a tag, or without the member if `cut` is undefined; one layer after
 * the other. Where a layer has no tag of its own, it may stand at the end of the ciphertext.
 */
export function withShortTag(
  record: SealedCredential,
  cut: number | undefined,
): SealedCredential[] {
  const layers = [
    { tag: 'tag', ciphertext: 'encrypted' },
    { tag: 'dekTag', ciphertext: 'encryptedDek' },
  ];
  const shorten = (member: string, by: number) =>
    edited(record, member, (bytes) => bytes.subarray(0, Math.max(0, bytes.length - by)));
  return layers
    .map(({ tag, ciphertext }) => {
      if (bytesOf(record, tag).length === 0) return shorten(ciphertext, Math.min(cut ?? 16, 16));
      return cut === undefined ? without(record, tag) : shorten(tag, cut);
    })
    .filter((changed) => changed !== undefined);
}

/** `changed` with a new tag, if the tag of `record` is a plain hash, which takes no key to make. */
export function withNewChecksum(
  record: SealedCredential,
  changed: SealedCredential,
): SealedCredential | undefined {
  const tag = bytesOf(record, 'tag');
  if (tag.length < 4) return undefined;
  const parts = [['iv', 'encrypted'], ['encrypted', 'iv'], ['encrypted']];
  for (const algorithm of ['sha256', 'sha512', 'sha1', 'md5']) {
    for (const members of parts) {
      const checksum = (of: SealedCredential) =>
        createHash(algorithm)
          .update(Buffer.concat(members.map((member) => bytesOf(of, member))))
          .digest()
          .subarray(0, tag.length);
      if (checksum(record).equals(tag)) return edited(changed, 'tag', () => checksum(changed));
    }
  }
  return undefined;
}

/** Length of the longest run in which two texts of bytes are the same, at the same place. */
export function longestCommonRun(one: Buffer, other: Buffer): number {
  let longest = 0;
  let run = 0;
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    run = one[at] === other[at] ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Names of the members in which two records differ, for sentences. */
export function differences(one: SealedCredential, other: SealedCredential): string {
  const [before, after] = [one, other] as unknown as [Members, Members];
  return Object.keys({ ...one, ...other })
    .filter((member) => before[member] !== after[member])
    .map((member) => `\`${member}\``)
    .join(' and ');
}

export function bytesOf(record: SealedCredential, member: string): Buffer {
  const text = (record as unknown as Members)[member] ?? '';
  return Buffer.from(text, encodingOf(text));
}

function flip(bytes: Buffer, at: number, bits: number): Buffer {
  if (at >= bytes.length) return bytes;
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ bits;
  return changed;
}
