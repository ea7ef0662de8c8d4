import { createHash } from 'node:crypto';
import type { ListedTool, ReviewTools } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A tool that says more than two thousand characters about itself is refused: nobody would read them, and the others go on.';

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
  UNSEEN.test(canonical(tool)) ||
  /\\u00|\\b|\\f/.test(canonical(tool)) ||
  canonical(tool).length > 2000 ||
  /(?:\s|\\n){100}/.test(canonical(tool));

export const reviewTools: ReviewTools = (listed, pins) => {
  const isListedOnce = ({ name }: ListedTool): boolean =>
    listed.filter((other) => other.name === name).length === 1;
  const shown = listed.filter((tool) => isListedOnce(tool) && !isHidden(tool));
  const pinOf = (tool: ListedTool): string => hash(canonical(tool));
  return {
    offered: shown.filter((tool) => pins.has(pinOf(tool))),
    questions: shown
      .filter((tool) => !pins.has(pinOf(tool)))
      .map((tool) => ({ name: tool.name, text: canonical(tool), pin: pinOf(tool) })),
  };
};
