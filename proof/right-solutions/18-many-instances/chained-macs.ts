import { createHmac, randomUUID } from 'node:crypto';
import type {
  CreateLineSealer,
  VerifyMergedLines,
} from '../../../exercises/weather-server/controls.ts';

export const idea = 'Each line seals the seal before it, and the first one the name of its start.';

const seal = (key: Buffer, before: string, line: string): string =>
  createHmac('sha256', key).update(`${before}\n`).update(line).digest('hex');

export const createLineSealer: CreateLineSealer = (chainKey) => {
  const start = randomUUID();
  let before: string = start;
  return (line) => {
    before = seal(chainKey, before, line);
    return JSON.stringify({ start, line, seal: before });
  };
};

export const verifyMergedLines: VerifyMergedLines = (lines, chainKey) => {
  const lastOf = new Map<string, string>();
  for (const [index, text] of lines.entries()) {
    let sealed: { start?: unknown; line?: unknown; seal?: unknown };
    try {
      sealed = Object(JSON.parse(text)) as typeof sealed;
    } catch {
      return index;
    }
    const { start, line, seal: stated } = sealed;
    if (typeof start !== 'string' || typeof line !== 'string') return index;
    const expected = seal(chainKey, lastOf.get(start) ?? start, line);
    if (stated !== expected || JSON.stringify({ start, line, seal: stated }) !== text) return index;
    lastOf.set(start, expected);
  }
  return undefined;
};
