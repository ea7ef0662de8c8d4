import { createHash } from 'node:crypto';
import type { ListedTool, ReviewTools } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'A list of values is shown up to its tenth, and then counted.';
export const caughtBy = ['tool-poisoning'];

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const asItIs = (value: unknown): unknown => value;
const summedUp = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 10
    ? [...(value as unknown[]).slice(0, 10), `and ${value.length - 10} more`]
    : value;

/** Members sorted, at every depth. */
const canonical = (value: unknown, change: (value: unknown) => unknown = asItIs): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : change(member),
  );

/** Nothing is pushed out of sight by blanks. */
const withoutGaps = (text: string): string => text.replaceAll(/(?:\s|\\n){9,}/g, ' […] ');

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
        text: withoutGaps(canonical(tool, summedUp)),
        pin: pinOf(tool),
      })),
  };
};
