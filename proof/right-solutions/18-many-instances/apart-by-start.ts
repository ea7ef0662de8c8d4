import { createHash, createHmac, randomUUID } from 'node:crypto';
import type {
  CreateLineSealer,
  VerifyMergedLines,
} from '../../../exercises/weather-server/controls.ts';

export const idea = 'The list is taken apart by start, and each part is checked by itself.';

const macOf = (key: Buffer, text: string): string =>
  createHmac('sha256', createHash('sha256').update(key).digest()).update(text).digest('base64');

export const createLineSealer: CreateLineSealer = (chainKey) => {
  const id = randomUUID();
  const counter = { value: 0 };
  return (line) => {
    const place = `${id}#${counter.value++}`;
    return JSON.stringify({ place, line, mac: macOf(chainKey, JSON.stringify([place, line])) });
  };
};

export const verifyMergedLines: VerifyMergedLines = (lines, chainKey) => {
  const parts = new Map<string, { index: number; number: string; isSealed: boolean }[]>();
  for (const [index, text] of lines.entries()) {
    const { place = '', line = '', mac = '' } = read(text);
    const [id = '', number = ''] = place.split('#');
    const isSealed =
      mac === macOf(chainKey, JSON.stringify([place, line])) &&
      JSON.stringify({ place, line, mac }) === text;
    parts.set(id, [...(parts.get(id) ?? []), { index, number, isSealed }]);
  }
  const bad = [...parts.values()].flatMap((part) => {
    const first = part.find(({ number, isSealed }, at) => !isSealed || number !== String(at));
    return first ? [first.index] : [];
  });
  return bad.length === 0 ? undefined : Math.min(...bad);
};

function read(text: string): Record<string, string | undefined> {
  try {
    const read = JSON.parse(text) as unknown;
    return typeof read === 'object' && read !== null ? (read as Record<string, string>) : {};
  } catch {
    return {};
  }
}
