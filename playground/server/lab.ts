/** The lab behind the page: answers under /lab, and tells open pages of what changes on disk. */
import { watchFolder } from '../../shared/watch-folder.ts';
import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { curriculum } from '../../catalogue/curriculum.ts';
import { watchStubs } from '../../grader/grading/watch-stubs.ts';
import { CodeInsight } from './code/code-insight.ts';
import { createGatekeeper, type Gatekeeper } from './gatekeeper.ts';
import { openLabServices } from './lab-services.ts';
import { RouteError, sendError, sendJson, type Routes } from './routes/answers.ts';
import { attackRoutes } from './routes/attack-routes.ts';
import { wholeServerRoutes } from './routes/whole-server-routes.ts';
import { studyRoutes } from './routes/study-routes.ts';
import { createEventStream } from './routes/event-stream.ts';
import { givenRoutes } from './routes/given-routes.ts';
import { gradeRoutes } from './routes/grade-routes.ts';
import { progressRoutes } from './routes/progress-routes.ts';
import { codeRoutes } from './routes/code-routes.ts';
import { referenceRoutes } from './routes/reference-routes.ts';
import { serverAuditRoutes } from './routes/server-audit-routes.ts';
import { stubRoutes } from './routes/stub-routes.ts';

export interface LabServer {
  gatekeeper: Gatekeeper;
  /** Answers a request whose address has lost its `/lab`. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Starts the targets ahead of the first firing. */
  warmUp(): void;
  close(): Promise<void>;
}

/**
 * @param port of the page, which is the only one to be answered
 * @param poll looks at the stubs every now and then, for drives that report no changes
 */
export async function openLab({ port, poll }: { port: number; poll: boolean }): Promise<LabServer> {
  const gatekeeper = createGatekeeper(port);
  const services = await openLabServices();
  const { targets, grading, progress, files } = services;
  const events = createEventStream();
  const insight = new CodeInsight();
  const routes: Routes = {
    ...attackRoutes(services),
    ...studyRoutes(services),
    ...wholeServerRoutes(services),
    ...gradeRoutes(services),
    ...progressRoutes(services),
    ...stubRoutes(),
    ...referenceRoutes(services),
    ...givenRoutes(),
    ...serverAuditRoutes(),
    ...codeRoutes(insight),
    ...events.routes,
  };

  const stopWatching = watchStubs(curriculum, poll, ({ slug }, _at, saved) => {
    // What else an editor leaves in the folder for a moment is nobody's code.
    const modules = saved.filter((name) => name.endsWith('.ts'));
    if (modules.length === 0) return;
    for (const name of modules) void insight.changed(`exercises/${slug}/${name}`);
    void targets.reload(slug).then((problem) => {
      files.note(slug, problem);
      for (const name of modules) {
        const file = `exercises/${slug}/${name}`;
        events.announce({ type: 'stub-changed', slug, file, ...(problem ? { problem } : {}) });
      }
    });
  });
  // What a command in a terminal writes down is shown on every open page.
  const { dir, base } = path.parse(progress.file);
  mkdirSync(dir, { recursive: true });
  const announceProgress = (): void => events.announce({ type: 'progress-changed' });
  const stopReading = watchFolder(dir, announceProgress, { poll, only: base });

  return {
    gatekeeper,
    answer(request, response) {
      const problem = gatekeeper.whyRefused(request);
      if (problem) sendJson(response, 403, { error: problem });
      else void answerWith(routes, request, response);
    },
    warmUp() {
      targets
        .warmUp()
        .then(() => files.tryUnknown())
        .then((news) => news && announceProgress())
        .catch(console.error);
    },
    async close() {
      stopWatching();
      stopReading();
      await Promise.all([targets.close(), grading.close(), insight.close()]);
    },
  };
}

async function answerWith(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0];
  try {
    const route = routes[`${request.method} ${path}`];
    if (!route) throw new RouteError(404, 'The lab has nothing here.');
    await route(request, response);
  } catch (error) {
    sendError(response, error);
  }
}
