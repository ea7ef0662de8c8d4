import path from 'node:path';
import type { Topic } from '../../catalogue/curriculum.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { watchFolder } from '../../shared/watch-folder.ts';

/** @param at when it was noticed, by `performance.now()` */
type Saved = (topic: Topic, at: number, files: string[]) => void;

/**
 * Tells which topic's stubs were saved.
 * @param poll for network and virtual drives, which report nothing
 */
export function watchStubs(topics: readonly Topic[], poll: boolean, saved: Saved): () => void {
  const stops = topics.map((topic) => {
    const folder = path.join(projectFolder, 'exercises', topic.slug);
    return watchFolder(folder, (files, at) => saved(topic, at, files), { poll });
  });
  return () => stops.forEach((stop) => stop());
}
