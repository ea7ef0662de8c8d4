import { createHash } from 'node:crypto';
import type { ListedTool, ReviewTools } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Tools with hidden characters are shown with escapes in their place, and the user decides.';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Members sorted, at every depth. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

/** Whatever is not plain becomes an escape that can be seen. */
const visible = (text: string): string =>
  text
    .replaceAll(/\s{9,}|(?:\\n){9,}/g, ' […] ')
    .replaceAll(
      /\p{Default_Ignorable_Code_Point}|\p{Cc}/gu,
      (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );

export const reviewTools: ReviewTools = (listed, pins) => {
  const shown = listed;
  const pinOf = (tool: ListedTool): string => hash(canonical(tool));
  return {
    offered: shown.filter((tool) => pins.has(pinOf(tool))),
    questions: shown
      .filter((tool) => !pins.has(pinOf(tool)))
      .map((tool) => ({ name: tool.name, text: visible(canonical(tool)), pin: pinOf(tool) })),
  };
};
