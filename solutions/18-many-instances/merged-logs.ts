import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type {
  CreateLineSealer,
  VerifyMergedLines,
} from '../../exercises/weather-server/controls.ts';

const sealedLine = z.strictObject({
  /** Names one start of one instance. */
  start: z.string(),
  /** From 0, without a gap. */
  number: z.int().min(0),
  line: z.string(),
  mac: z.string(),
});

/**
 * A chain for each start of an instance, under a random name. The number and the name are under the seal
 * (HMAC-SHA-256), so that a line has one place only, in one chain: without the name, the third line of
 * one instance would pass for the third of another. A single chain through the store would need a step
 * there for each line, and no line could be written while it is away.
 *
 * The key for it is derived: topic 12 uses the same secret for a chain of its own.
 */
export const createLineSealer: CreateLineSealer = (chainKey) => {
  const start = randomBytes(16).toString('base64url');
  const key = keyFrom(chainKey);
  let number = 0;
  return (line) => {
    const members = { start, number: number++, line };
    return JSON.stringify({ ...members, mac: macOf(key, members) });
  };
};

/**
 * Follows each chain by its numbers, whatever stands between its lines. What is sealed is the text of
 * the members, so a line counts only if it is spelled as it was written.
 *
 * Not seen: lines missing at the end of a chain, or a whole chain. Compare with the last numbers of each
 * start, noted somewhere else from time to time. The order of lines of different instances is not
 * decided either: their clocks differ.
 */
export const verifyMergedLines: VerifyMergedLines = (lines, chainKey) => {
  const key = keyFrom(chainKey);
  const next = new Map<string, number>();
  const bad = lines.findIndex((text) => {
    const sealed = readLine(text);
    if (!sealed) return true;
    const { mac, ...members } = sealed;
    const expected = next.get(members.start) ?? 0;
    next.set(members.start, expected + 1);
    return members.number !== expected || !isSame(mac, macOf(key, members));
  });
  return bad === -1 ? undefined : bad;
};

type Members = Omit<z.infer<typeof sealedLine>, 'mac'>;

function readLine(text: string): z.infer<typeof sealedLine> | undefined {
  try {
    const sealed = sealedLine.parse(JSON.parse(text));
    return JSON.stringify(sealed) === text ? sealed : undefined;
  } catch {
    return undefined;
  }
}

const keyFrom = (chainKey: Buffer): Buffer =>
  createHmac('sha256', chainKey).update('merged lines').digest();

const macOf = (key: Buffer, { start, number, line }: Members): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([start, number, line]))
    .digest('base64url');

const isSame = (mac: string, expected: string): boolean => {
  const [given, made] = [Buffer.from(mac), Buffer.from(expected)];
  return given.length === made.length && timingSafeEqual(given, made);
};
