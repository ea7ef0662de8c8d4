/** A feed of observations, as somebody else publishes it. */
import { z } from 'zod';
import { InvalidInputError } from './errors.ts';

/** How many observations one feed holds at most. */
const MOST_OBSERVATIONS = 500;
const LONGEST_PLACE = 100;
const LONGEST_NOTE = 200;

const feedSchema = z.object({
  observations: z
    .array(
      z.object({
        place: z.string().min(1).max(LONGEST_PLACE),
        at: z.iso.datetime(),
        temperatureC: z.number().min(-100).max(70),
        note: z.string().max(LONGEST_NOTE).default(''),
      }),
    )
    .max(MOST_OBSERVATIONS),
});
export type Observation = z.output<typeof feedSchema>['observations'][number];

/** The observations in the text of a feed. Says nothing of a text that is none but that it is none. */
export function readFeed(text: string): Observation[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The message of a parser quotes what it read.
  }
  const feed = feedSchema.safeParse(json);
  if (!feed.success) throw new InvalidInputError('There is no feed of observations.');
  return feed.data.observations;
}
