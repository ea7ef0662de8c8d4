import { createHash } from 'node:crypto';
import type { ListedTool, ReviewTools } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Members may be sorted, elements of a list may not: their order means something.';
export const caughtBy = ['tool-rug-pull'];

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Members sorted, at every depth. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

const isHidden = (tool: ListedTool): boolean =>
  UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

/** Members and elements sorted, at every depth. */
const sorted = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, member]) => (Array.isArray(value) ? sorted(member) : `${key}:${sorted(member)}`))
    .sort()
    .join(',')}}`;
};

export const reviewTools: ReviewTools = (listed, pins) => {
  const shown = listed.filter((tool) => !isHidden(tool));
  const pinOf = (tool: ListedTool): string => hash(sorted(tool));
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
