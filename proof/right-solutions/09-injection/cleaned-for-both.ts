import { createHash } from 'node:crypto';
import type { ListedTool, ReviewTools } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Hidden characters and runs of blanks are taken out of every text, for the user and for the model.';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Members sorted, at every depth. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

const clean = (value: unknown): unknown => {
  if (typeof value === 'string') {
    return value
      .replaceAll(/(?!\s)\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/gu, '')
      .replaceAll(/[^\S\n]{5,}/g, ' ')
      .replaceAll(/\n{3,}/g, '\n\n');
  }
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [clean(key), clean(member)]),
  );
};

export const reviewTools: ReviewTools = (listed, pins) => {
  const review: ReturnType<ReviewTools> = { offered: [], questions: [] };
  for (const tool of listed.map((raw) => clean(raw) as ListedTool)) {
    const pin = hash(canonical(tool));
    if (pins.has(pin)) review.offered.push(tool);
    else review.questions.push({ name: tool.name, text: canonical(tool), pin });
  }
  return review;
};
