/** What the routes of the lab work with. */
import type { Topic } from '../../catalogue/curriculum.ts';
import type { Attack } from '../../lab/attack.ts';
import { loadWholeCatalogue } from '../../catalogue/load-catalogue.ts';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { LabGrading } from './lab-grading.ts';
import { LabTargets } from './lab-targets.ts';
import { RouteError } from './routes/answers.ts';
import { TopicFiles } from './topic-files.ts';

export interface LabServices {
  catalogue: Awaited<ReturnType<typeof loadWholeCatalogue>>;
  /** Throws a `RouteError` for an id that no attack has. */
  findAttack(id: string): { topic: Topic; attack: Attack };
  targets: LabTargets;
  grading: LabGrading;
  progress: ProgressJournal;
  files: TopicFiles;
}

export async function openLabServices(): Promise<LabServices> {
  const [targets, catalogue] = await Promise.all([LabTargets.open(), loadWholeCatalogue()]);
  const progress = new ProgressJournal();
  return {
    catalogue,
    findAttack(id) {
      const found = catalogue.attacks.get(id);
      if (!found) throw new RouteError(404, `There is no attack “${id}”.`);
      return found;
    },
    targets,
    grading: new LabGrading(),
    progress,
    files: new TopicFiles(targets, progress),
  };
}
