/**
 * Grades with vitest as the runner. Whether all is well is decided from the checks that were expected
 * and what they found, never from the runner's own word: a runner that lost its worker reports
 * success for checks that never ran.
 */
import { createVitest, type Reporter, type TestCase } from 'vitest/node';
import {
  checkedTargets,
  checksOf,
  type Check,
  type CheckOutcome,
} from '../checks/checks-of-topic.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import { pinsIn } from '../progress/pins.ts';
import { ProgressJournal } from '../progress/progress-journal.ts';
import { projectFolder, workbookVersion } from '../../shared/project-path.ts';
import { fingerprint } from './fingerprint.ts';
import { gradedTopic, gradeResult, type GradedTopic, type GradeResult } from './grade-result.ts';
import { runnerConfig, type GradeRequest } from './runner-config.ts';

/** @param onTopic called when all checks of a topic are through */
export async function gradeWithVitest(
  request: GradeRequest,
  onTopic: (topic: GradedTopic) => void,
): Promise<GradeResult> {
  const { topics, target, withStretch } = request;
  const startedAt = new Date();
  const started = performance.now(); // the clock on the wall may be set in between
  const pins = pinsIn(new ProgressJournal().read());
  const outcomes = new Map(topics.map(({ slug }) => [slug, new Map<string, CheckOutcome>()]));
  // Read while the runner starts.
  const checks = new Map<string, Promise<Check[]>>(
    topics.map(({ slug }) => [
      slug,
      checksOf(slug, checkedTargets(slug, target), { withStretch, pins: pins[slug] }),
    ]),
  );
  const problems: string[] = [];
  const graded = new Map<string, GradedTopic>();
  const finish = async (topic: Topic): Promise<GradedTopic> => {
    const own = gradedTopic(
      topic,
      (await checks.get(topic.slug)) ?? [],
      outcomes.get(topic.slug) ?? new Map<string, CheckOutcome>(),
    );
    graded.set(topic.slug, own);
    onTopic(own);
    return own;
  };

  const reporter: Reporter = {
    onTestCaseResult(test) {
      const slug = test.parent.type === 'suite' ? test.parent.name : '';
      outcomes.get(slug)?.set(test.name, outcomeOf(test));
    },
    async onTestModuleEnd(module) {
      for (const error of module.errors()) problems.push(error.message);
      const topic = topics.find(({ slug }) => module.moduleId.endsWith(`/${slug}.test.ts`));
      if (topic) await finish(topic);
    },
    onTestRunEnd(_modules, errors) {
      for (const error of errors) problems.push(error.stack ?? error.message);
    },
  };

  const vitest = await createVitest(
    'test',
    { ...runnerConfig(request, pins), watch: false, reporters: [reporter] },
    { server: { hmr: false, ws: false } },
  );
  const running = vitest.start();
  const fingerprints = fingerprint(projectFolder); // while the runner's process starts
  await running;
  await vitest.close();

  const all: GradedTopic[] = [];
  for (const topic of topics) all.push(graded.get(topic.slug) ?? (await finish(topic)));
  const items = [...outcomes.values()].flatMap((own) =>
    [...own.values()].flatMap((outcome) => outcome.items ?? []),
  );
  const seconds = Math.round(performance.now() - started) / 1000;
  return gradeResult(
    {
      target,
      withStretch,
      startedAt: startedAt.toISOString(),
      seconds,
      versions: { workbook: workbookVersion(), node: process.versions.node },
      fingerprints,
    },
    all,
    problems,
    items,
  );
}

function outcomeOf(test: TestCase): CheckOutcome {
  const { state, errors } = test.result();
  const { outcome } = test.meta();
  if (outcome && outcome.passed === (state === 'passed')) return outcome;
  const findings = errors?.map(({ message }) => message) ?? [`It was ${state}.`];
  const explanation = { findings, facts: [] };
  return { passed: false, reason: findings.join(' '), explanation, signature: 'no outcome' };
}
