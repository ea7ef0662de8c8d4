/** Tells which topic's stubs were saved, by the system's word or by looking every now and then. */
import { readdirSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import type { Topic } from '../curriculum.ts';
import { projectFolder } from '../targets/project-path.ts';

/** Editors write a file in several steps. */
const SETTLED_AFTER_MS = 30;
const LOOK_EVERY_MS = 300;

/** @param poll looks at the files itself: for network and virtual drives, which report nothing */
export function watchStubs(
  topics: Topic[],
  poll: boolean,
  saved: (topic: Topic, at: number) => void,
): () => void {
  const stops = topics.map((topic) => {
    const folder = path.join(projectFolder, 'exercises', topic.slug);
    let known = contentsOf(folder);
    const look = (at: number): void => {
      const contents = contentsOf(folder);
      if (contents === known) return;
      known = contents;
      saved(topic, at);
    };
    if (poll) {
      const timer = setInterval(() => look(performance.now()), LOOK_EVERY_MS);
      return () => clearInterval(timer);
    }
    let settling: NodeJS.Timeout | undefined;
    const watcher = watch(folder, () => {
      const at = performance.now();
      clearTimeout(settling);
      settling = setTimeout(() => look(at), SETTLED_AFTER_MS);
    });
    return () => {
      clearTimeout(settling);
      watcher.close();
    };
  });
  return () => stops.forEach((stop) => stop());
}

/** All that stands in the folder; a file that is being replaced counts as empty. */
function contentsOf(folder: string): string {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => `${name}\n${read(path.join(folder, name))}`)
      .join('\n');
  } catch {
    return '';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
