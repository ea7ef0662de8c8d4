/**
 * Grades with Vitest as the runner: it asks for the checks, one test each, and shows how they went.
 * What they found comes from the engine. A runner that loses its thread, or tells of its tests late,
 * changes nothing about a check that ran, and one that it never asked for has failed.
 */
import { createVitest } from 'vitest/node';
import { answerChecks } from '../checks/check-channel.ts';
import { explanationText, NEVER_RAN } from '../explanation.ts';
import { LabPool } from '../../lab/pool.ts';
import { projectFolder, workbookVersion } from '../../shared/project-path.ts';
import { fingerprint } from './fingerprint.ts';
import { gradeResult, type GradedTopic, type GradeResult } from './grade-result.ts';
import type { PlannedTopic } from './grade-steps.ts';
import { Grading } from './grading.ts';
import type { GradeRequest } from './plan-checks.ts';
import { runnerConfig } from './runner-config.ts';

/** @param onTopic called when all checks of a topic are through */
export async function gradeWithVitest(
  request: GradeRequest,
  onTopic: (topic: GradedTopic) => void,
): Promise<GradeResult> {
  const { target, withStretch } = request;
  const startedAt = new Date();
  const since = performance.now();
  const pool = new LabPool(); // its processes start while the runner does
  let planned: PlannedTopic[] = [];
  const grading = await Grading.begin(request, pool, {
    tell(step) {
      if (step.type === 'plan') planned = step.topics;
      if (step.type === 'topic') onTopic(step.topic);
    },
  });
  const why: string[] = [];
  const channel = answerChecks(async (topic, check) => {
    try {
      const outcome = await grading.run(topic, check);
      return outcome?.passed ? undefined : explanationText(outcome?.explanation ?? NEVER_RAN);
    } catch (error) {
      const message = textOf(error as Error);
      why.push(message);
      return message;
    }
  });
  const vitest = await createVitest(
    'test',
    { ...runnerConfig(planned, channel.name), watch: false, reporters: [{}] },
    { server: { hmr: false, ws: false } },
  );
  const running = vitest.start();
  const fingerprints = fingerprint(projectFolder); // while the runner's thread starts
  const { testModules, unhandledErrors } = await running;
  const errors = [
    ...testModules.flatMap((module) => module.errors()),
    ...(unhandledErrors as Error[]),
  ];
  const graded = await grading.finish([...why, ...errors.map(textOf)]);
  await Promise.all([vitest.close(), pool.close()]);
  channel.close();
  const about = {
    target,
    withStretch,
    startedAt: startedAt.toISOString(),
    seconds: (performance.now() - since) / 1000,
    versions: { workbook: workbookVersion(), node: process.versions.node },
    fingerprints,
  };
  return gradeResult(about, graded.topics, graded.problems, graded.items);
}

const textOf = ({ stack, message }: { stack?: string | undefined; message: string }): string =>
  stack ?? message;
