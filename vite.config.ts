/**
 * Builds and serves the page. The lab itself, which answers under `/lab`, is a plugin that the
 * start script adds; this file must work without it.
 */
import { fileURLToPath } from 'node:url';
import mdx from '@mdx-js/rollup';
import rehypeShiki from '@shikijs/rehype';
import react from '@vitejs/plugin-react';
import rehypeSlug from 'rehype-slug';
import remarkMdxFrontmatter from 'remark-mdx-frontmatter';
import { defineConfig } from 'vite';
import { readLessonHead } from './grader/quiz/lesson-head.ts';
import { parseCodeSource } from './playground/lessons/code-from-files.ts';
import { endFastTrack } from './playground/lessons/end-fast-track.ts';
import { foldSections } from './playground/lessons/fold-sections.ts';
import { lessonOutlines } from './playground/lessons/lesson-outlines.ts';
import { lessonRemarkPlugins } from './playground/lessons/lesson-remark-plugins.ts';
import { markTerms } from './playground/lessons/mark-terms.ts';
import { watchShownCode } from './playground/lessons/watch-shown-code.ts';

const projectFolder = fileURLToPath(new URL('.', import.meta.url));
const lessonFolder = `${projectFolder}lessons`;

export default defineConfig({
  root: `${projectFolder}playground`,
  publicDir: 'src/public',
  plugins: [
    watchShownCode({ projectFolder, lessonFolder }),
    lessonOutlines({ projectFolder, lessonFolder }),
    {
      enforce: 'pre',
      ...mdx({
        format: 'md',
        remarkPlugins: [
          ...lessonRemarkPlugins(projectFolder),
          // By now the head has been checked.
          [
            remarkMdxFrontmatter,
            { parsers: { yaml: (head: string) => readLessonHead(head, 'lesson') } },
          ],
        ],
        rehypePlugins: [
          rehypeSlug,
          endFastTrack,
          markTerms,
          foldSections,
          [
            rehypeShiki,
            {
              langs: ['ts', 'json', 'http', 'sh'],
              fallbackLanguage: 'text',
              themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
              // Colours as custom properties; the style sheet picks one of the two.
              defaultColor: false,
              parseMetaString(meta: string) {
                const source = parseCodeSource(meta);
                return source && { 'data-file': source.file, 'data-symbol': source.symbol };
              },
            },
          ],
        ],
      }),
    },
    react({ include: /\.(?:tsx?|md)$/ }),
  ],
  server: {
    // Never `localhost`: it may resolve to ::1, and the lab is for this machine only.
    host: '127.0.0.1',
    cors: false,
    fs: {
      // Not the whole project: stubs and solutions are no business of the browser.
      allow: [`${projectFolder}playground`, lessonFolder, `${projectFolder}node_modules`],
    },
  },
  build: {
    outDir: `${projectFolder}dist`,
    emptyOutDir: true,
    sourcemap: true,
    target: 'es2023',
    // The first versions that know `light-dark()`, which carries the themes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
});
