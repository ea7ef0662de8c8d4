import { keep, recall } from '../text/page-storage.ts';

const KEY = 'fast-track';

/** In place of a section: the learner writes the fix of the topic. */
export const FIX = 'fix';

/** Where somebody is on the fast track. */
export interface TrackPlace {
  slug: string;
  /** Id of a section of the lesson, or `FIX`. */
  at: string;
}

export const keepTrackPlace = ({ slug, at }: TrackPlace): void =>
  void keep('browser', KEY, `${slug}/${at}`);

export function recallTrackPlace(): TrackPlace | undefined {
  const [slug, at, more] = recall('browser', KEY)?.split('/') ?? [];
  return slug !== undefined && at !== undefined && more === undefined ? { slug, at } : undefined;
}
