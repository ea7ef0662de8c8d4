/** The lab as a Vite plugin: answers under /lab, puts the run's token into the page, watches stubs. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, ViteDevServer } from 'vite';
import { curriculum, filesOf } from '../../grader/curriculum.ts';
import { loadWholeCatalogue } from '../../grader/load-catalogue.ts';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { createGatekeeper } from './gatekeeper.ts';
import { createLabRoutes, type LabRoutes } from './lab-routes.ts';
import { LabTargets } from './lab-targets.ts';

/** Editors save in several steps; what comes within this time is one change. */
const SETTLE_MS = 80;

const root = path.resolve(import.meta.dirname, '../..');

export async function labPlugin(): Promise<Plugin> {
  const targets = await LabTargets.open();
  const progress = new ProgressJournal();
  const routes = createLabRoutes({
    catalogue: await loadWholeCatalogue(),
    targets,
    progress,
  });
  let port = 0;
  const gatekeeper = createGatekeeper(() => port);

  return {
    name: 'workbook-lab',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { name: 'lab-token', content: gatekeeper.token }, injectTo: 'head' },
    ],
    configureServer(server) {
      server.httpServer?.once('listening', () => {
        const address = server.httpServer?.address();
        port = typeof address === 'object' ? (address?.port ?? 0) : 0;
        void targets.warmUp().catch((error: unknown) => server.config.logger.error(String(error)));
      });
      server.httpServer?.once('close', () => void targets.close());
      watchStubs(server, targets, routes);
      watchProgress(server, progress.file, routes);
      server.middlewares.use('/lab', (request, response, next) => {
        const problem = gatekeeper.whyRefused(request);
        if (problem) {
          response.writeHead(403, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ error: problem }));
          return;
        }
        routes.answer(request, response).then(undefined, next);
      });
    },
  };
}

/** A saved stub is taken up at once, and every open page is told. */
function watchStubs(server: ViteDevServer, targets: LabTargets, routes: LabRoutes): void {
  const stubs = new Map<string, { slug: string; file: string }>();
  for (const topic of curriculum) {
    for (const name of filesOf(topic)) {
      const file = `exercises/${topic.slug}/${name}`;
      stubs.set(path.join(root, file), { slug: topic.slug, file });
      server.watcher.add(path.dirname(path.join(root, file)));
    }
  }
  const settling = new Map<string, NodeJS.Timeout>();
  const changed = (absolute: string): void => {
    const stub = stubs.get(path.normalize(absolute));
    if (!stub) return;
    clearTimeout(settling.get(absolute));
    settling.set(
      absolute,
      setTimeout(() => {
        settling.delete(absolute);
        void targets.reload(stub.slug).then((problem) => {
          routes.announce({ type: 'stub-changed', ...stub, ...(problem ? { problem } : {}) });
        });
      }, SETTLE_MS),
    );
  };
  for (const event of ['change', 'add', 'unlink'] as const) server.watcher.on(event, changed);
}

/** What a command in a terminal writes down is shown on every open page. */
function watchProgress(server: ViteDevServer, file: string, routes: LabRoutes): void {
  mkdirSync(path.dirname(file), { recursive: true });
  server.watcher.add(path.dirname(file));
  let settling: NodeJS.Timeout | undefined;
  const changed = (absolute: string): void => {
    if (path.normalize(absolute) !== file) return;
    clearTimeout(settling);
    settling = setTimeout(() => routes.announce({ type: 'progress-changed' }), SETTLE_MS);
  };
  for (const event of ['change', 'add'] as const) server.watcher.on(event, changed);
}
