import { hkdfSync, createHmac, randomBytes } from 'node:crypto';
import type {
  CreateLineSealer,
  VerifyMergedLines,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Each start has a key of its own, derived of its name, and seals number and line with it.';

const keyOf = (chainKey: Buffer, start: string): Buffer =>
  Buffer.from(hkdfSync('sha512', chainKey, start, 'a start of the weather server', 64));

const sealed = (key: Buffer, at: number, line: string): string => {
  const mac = createHmac('sha512', key)
    .update(`${at} ${JSON.stringify(line)}`)
    .digest('base64');
  return `${mac} ${at}`;
};

export const createLineSealer: CreateLineSealer = (chainKey) => {
  const start = randomBytes(9).toString('base64');
  const key = keyOf(chainKey, start);
  let at = 0;
  return (line) => JSON.stringify({ line, seal: sealed(key, ++at, line), start });
};

export const verifyMergedLines: VerifyMergedLines = (lines, chainKey) => {
  const counts: Record<string, number> = Object.create(null) as Record<string, number>;
  const index = lines.findIndex((text) => {
    try {
      const { line, seal, start } = JSON.parse(text) as Record<string, string>;
      if (line === undefined || start === undefined) return true;
      counts[start] = (counts[start] ?? 0) + 1;
      const isAsSealed = seal === sealed(keyOf(chainKey, start), counts[start], line);
      return !isAsSealed || JSON.stringify({ line, seal, start }) !== text;
    } catch {
      return true;
    }
  });
  return index < 0 ? undefined : index;
};
