import { defineConfig } from 'vitest/config';

const BROWSER_TESTS = 'playground/browser-tests/**/*.test.ts';

/** The workbook's own tests. Grading does not use this file: see `grader/grading/runner-config.ts`. */
export default defineConfig({
  test: {
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
    tags: [{ name: 'long', description: 'Left out of npm test, and part of npm run test:all.' }],
    projects: [
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          globalSetup: 'playground/browser-tests/shared-workbook.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'workbook',
          include: ['**/*.test.ts'],
          exclude: [
            BROWSER_TESTS,
            'grader/checks/**',
            'take-home/project/**',
            '**/node_modules/**',
            '.copies/**',
          ],
        },
      },
    ],
  },
});
