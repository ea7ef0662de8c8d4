/**
 * `npm run grade:ui -- [topic …]`: Vitest's page, with the checks that `npm run grade` fires. A topic
 * is fired again when one of its stubs is saved.
 */
import type { Server } from 'node:http';
import path from 'node:path';
import type { Plugin } from 'vite';
import { createVitest } from 'vitest/node';
import { answerChecks } from '../grader/checks/check-channel.ts';
import { explanationText, NEVER_RAN } from '../grader/explanation.ts';
import { planChecks, plannedTopic, type GradeRequest } from '../grader/grading/plan-checks.ts';
import { checksFile, runnerConfig } from '../grader/grading/runner-config.ts';
import { watchStubs } from '../grader/grading/watch-stubs.ts';
import { ProgressJournal } from '../grader/progress/progress-journal.ts';
import { LabPool } from '../lab/pool.ts';
import { standInFront } from '../shared/front-door.ts';
import { projectFolder } from '../shared/project-path.ts';
import { readTopics } from './read-topics.ts';

/** Vitest's server would show files of the project to any page. */
const frontDoor: Plugin = {
  name: 'workbook-front-door',
  configureServer({ httpServer }) {
    if (!httpServer) throw new Error('Vitest has no server of its own.');
    standInFront(httpServer as Server, {
      entrance: '/__vitest__/',
      // Its page asks for a font elsewhere.
      policy: "default-src 'self' 'unsafe-inline' data:",
      isOwn: (place) =>
        place === '/__vitest_api__' ||
        /^\/__vitest__\/(assets\/)?[\w.-]+\.(js|css|svg|ico|png|ttf|woff2?)$/.test(place),
    });
  },
};

const topics = readTopics('grade:ui');
const request: GradeRequest = { topics, target: 'student', withStretch: false };
const planned = await planChecks(request, new ProgressJournal().read());
const pool = new LabPool();
/** Whether files were saved that the labs may have read before. */
let stale = false;
let restarted = Promise.resolve();

const channel = answerChecks(async (slug, id) => {
  if (stale) restarted = pool.restart();
  stale = false;
  await restarted;
  const own = planned.find(({ topic }) => topic.slug === slug);
  const check = own?.checks.find((one) => one.id === id);
  const outcome = await pool.run(async (lab) => check?.run(lab));
  return outcome?.passed ? undefined : explanationText(outcome?.explanation ?? NEVER_RAN);
});
const vitest = await createVitest(
  'test',
  {
    ...runnerConfig(planned.map(plannedTopic), channel.name),
    watch: true,
    ui: true,
    open: false,
    // The page may run the checks, not change them.
    api: { host: '127.0.0.1', allowExec: true, allowWrite: false },
    reporters: [{}], // the page reports
  },
  { server: { cors: false, fs: { strict: true } }, plugins: [frontDoor] },
);
const [address] = vitest.vite.resolvedUrls?.local ?? [];
console.log(`\n  The checks are at  ${address}__vitest__/\n\n  Press Ctrl+C to stop.\n`);

watchStubs(topics, false, ({ slug }) => {
  stale = true;
  const checks = vitest.getModuleSpecifications(path.join(projectFolder, checksFile(slug)));
  vitest.rerunTestSpecifications(checks).catch(fail);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void vitest.close().then(() => process.exit(0)));
}
await vitest.start();

function fail(error: unknown): void {
  console.error(error);
  process.exitCode = 1;
}
