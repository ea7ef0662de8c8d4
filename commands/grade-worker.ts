/** `npm run grade -- --worker URL`: grades submissions of classes that others hand over, until it is ended. */
import { selectTopics } from '../catalogue/curriculum.ts';
import { decidingDigests } from '../grader/classes/deciding-files.ts';
import { ClassProblem } from '../grader/classes/find-submissions.ts';
import { AT_ONCE } from '../grader/classes/grade-class.ts';
import { gradeFiles, type Graded } from '../grader/classes/grade-submission.ts';
import { workFor } from '../grader/classes/queue.ts';
import { hostBundle } from '../lab/bundle/host-bundle.ts';
import { hashOf } from '../shared/digests.ts';
import { projectFolder } from '../shared/project-path.ts';
import { visibleLine } from '../shared/visible-text.ts';
import { sandboxOrRefusal, saidOf, SUBMISSION_DEADLINE_MS } from './grade-submissions.ts';

interface WorkerCommand {
  worker: string;
  sandbox: boolean;
  unsafe: boolean;
}

/** Exit code: 0 after Ctrl+C, 2 if there is no queue, or no sandbox where one is wanted. */
export async function gradeForOthers({ worker, sandbox, unsafe }: WorkerCommand): Promise<void> {
  try {
    const wanted = sandbox ? sandboxOrRefusal(unsafe) : undefined;
    await hostBundle();
    const deciding = decidingDigests(projectFolder);
    const working = await workFor(
      worker,
      hashOf(deciding),
      AT_ONCE,
      async ({ slugs, withStretch, files }): Promise<Graded> => {
        const options = {
          topics: selectTopics(slugs),
          withStretch,
          deadlineMs: SUBMISSION_DEADLINE_MS,
          sandbox: wanted,
        };
        const graded = await gradeFiles(files, options, deciding);
        console.log(
          'problem' in graded
            ? visibleLine(`Could not grade one: ${graded.problem}`)
            : `Graded one: ${graded.result.passed} passed, ${graded.result.failed} failed.`,
        );
        return graded;
      },
    );
    console.log(
      `Waits for submissions. ${saidOf(wanted)} Ctrl+C ends it; what it has begun, another worker takes.`,
    );
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void working.close().then(() => process.exit(0)));
    }
  } catch (error) {
    if (!(error instanceof ClassProblem)) throw error;
    console.error(visibleLine(error.message));
    process.exit(2);
  }
}
