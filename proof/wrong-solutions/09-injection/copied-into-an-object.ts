import { createHash } from 'node:crypto';
import type { ListedTool, ReviewTools } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A member called `__proto__` becomes the prototype of the copy: it is neither shown nor hashed.';
export const caughtBy = ['tool-poisoning', 'tool-rug-pull'];

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Members sorted, at every depth. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    const copy: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) {
      copy[key] = inner;
    }
    return copy;
  });

const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

const isHidden = (tool: ListedTool): boolean =>
  UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

export const reviewTools: ReviewTools = (listed, pins) => {
  const shown = listed.filter((tool) => !isHidden(tool));
  const pinOf = (tool: ListedTool): string => hash(canonical(tool));
  return {
    offered: shown.filter((tool) => pins.has(pinOf(tool))),
    questions: shown
      .filter((tool) => !pins.has(pinOf(tool)))
      .map((tool) => ({
        name: tool.name,
        text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
        pin: pinOf(tool),
      })),
  };
};
