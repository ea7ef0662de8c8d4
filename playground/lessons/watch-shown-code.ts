/**
 * Rebuilds a lesson when code it shows changes, and notices lessons that are new. The learner's
 * own stubs are left out: saving one must not reload the page under an attack.
 */
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { parseCodeSource } from './code-from-files.ts';

const STUB = /^exercises\/\d\d-/;

export function watchShownCode(folders: { projectFolder: string; lessonFolder: string }): Plugin {
  return {
    name: 'workbook:watch-shown-code',
    enforce: 'pre',
    configureServer(server) {
      server.watcher.add(folders.lessonFolder);
    },
    transform: {
      filter: { id: /\.md$/ },
      handler(lesson) {
        for (const [, meta] of lesson.matchAll(/^```\w+ (.*)$/gm)) {
          const source = parseCodeSource(meta);
          if (source && !STUB.test(source.file)) {
            this.addWatchFile(resolve(folders.projectFolder, source.file));
          }
        }
      },
    },
  };
}
