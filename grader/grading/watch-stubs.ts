/** Tells which topic's stubs were saved, by the system's word or by looking every now and then. */
import { readdirSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import type { Topic } from '../../catalogue/curriculum.ts';
import { projectFolder } from '../../shared/project-path.ts';

/** Editors write a file in several steps. */
const SETTLED_AFTER_MS = 30;
const LOOK_EVERY_MS = 300;

/** @param at when it was noticed, by `performance.now()` */
type Saved = (topic: Topic, at: number, files: string[]) => void;

/** @param poll looks at the files itself: for network and virtual drives, which report nothing */
export function watchStubs(topics: readonly Topic[], poll: boolean, saved: Saved): () => void {
  const stops = topics.map((topic) => {
    const folder = path.join(projectFolder, 'exercises', topic.slug);
    let known = contentsOf(folder);
    const look = (at: number): void => {
      const contents = contentsOf(folder);
      const names = new Set([...known.keys(), ...contents.keys()]);
      const files = [...names].filter((name) => known.get(name) !== contents.get(name));
      known = contents;
      if (files.length > 0) saved(topic, at, files);
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

/** All that stands in the folder, by name; a file that is being replaced counts as empty. */
function contentsOf(folder: string): Map<string, string> {
  try {
    return new Map(readdirSync(folder).map((name) => [name, read(path.join(folder, name))]));
  } catch {
    return new Map();
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
