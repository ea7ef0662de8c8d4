import { createHash } from 'node:crypto';
import type { ListedTool, ReviewTools } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  "One bad tool makes the whole review throw, and the server's honest tools are gone as well.";
export const caughtBy = ['tool-poisoning'];

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

export const reviewTools: ReviewTools = (listed, pins) => {
  if (listed.some(isHidden)) throw new Error('A tool has hidden characters.');
  const questions = listed.map((tool) => ({
    name: tool.name,
    text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
    pin: hash(canonical(tool)),
  }));
  return {
    offered: listed.filter((tool) => pins.has(hash(canonical(tool)))),
    questions: questions.filter(({ pin }) => !pins.has(pin)),
  };
};
