/** What the page says of the learner's files besides their grade: that they changed, or do not load. */
import { curriculum } from '../../catalogue/curriculum.ts';
import { filesStanding } from '../../grader/progress/files-standing.ts';
import type { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import type { Progress } from '../lab-api.ts';
import type { LabTargets } from './lab-targets.ts';

export class TopicFiles {
  readonly #targets: LabTargets;
  readonly #journal: ProgressJournal;
  /** Topic slug -> why its files do not load. */
  readonly #problems = new Map<string, string>();

  constructor(targets: LabTargets, journal: ProgressJournal) {
    this.#targets = targets;
    this.#journal = journal;
  }

  /** What came of the latest save. */
  note(slug: string, problem: string | undefined): void {
    if (problem === undefined) this.#problems.delete(slug);
    else this.#problems.set(slug, problem);
  }

  /** The journal, and how the files of each topic are now. */
  progress(): Progress {
    const known = this.#journal.read();
    return Object.fromEntries(
      curriculum.map((topic) => {
        const { slug } = topic;
        const problem = this.#problems.get(slug);
        const own = known[slug] ?? {};
        const files = filesStanding(topic, own);
        return [slug, { ...own, files, ...(problem !== undefined && { problem }) }];
      }),
    );
  }

  /**
   * Tries those files of which nothing is known: saved while no lab was running. What was graded as it
   * is, or shipped, loads. One topic after another, because each takes a process.
   * @returns whether there is news
   */
  async tryUnknown(): Promise<boolean> {
    const known = this.#journal.read();
    for (const topic of curriculum) {
      const { slug } = topic;
      if (filesStanding(topic, known[slug]) !== 'changed') continue;
      this.note(slug, await this.#targets.problemWith(slug));
    }
    return this.#problems.size > 0;
  }
}
