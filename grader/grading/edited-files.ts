/**
 * Files that are saved while they are graded. A target reads each file once, but there are several
 * targets, and one that ended is started again: some checks may have seen the text from before, and
 * others the text from after.
 */
import { partEndedBy, type Topic } from '../../catalogue/curriculum.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { digests } from '../../shared/digests.ts';

/** Remembers the files that `topics` are graded by; the result says which have changed since. */
export function rememberExercises(topics: Topic[]): () => string[] {
  const before = fingerprints(topics);
  return () => {
    const now = fingerprints(topics);
    return [...new Set([...before.keys(), ...now.keys()])]
      .filter((file) => before.get(file) !== now.get(file))
      .map((file) => `${file} was saved during this run. Grade it again to be sure of the result.`);
  };
}

function fingerprints(topics: Topic[]): Map<string, string> {
  const graded = topics.flatMap((topic) => [topic, ...(partEndedBy(topic.slug)?.topics ?? [])]);
  const folders = new Set(graded.map(({ slug }) => `exercises/${slug}`));
  return digests(projectFolder, ['exercises/weather-server', ...folders]);
}
