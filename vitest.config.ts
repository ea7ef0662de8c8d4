import { defineConfig } from 'vitest/config';

/** The workbook's own tests. Grading does not use this file: see `grader/grading/runner-config.ts`. */
export default defineConfig({
  test: {
    include: ['{exercises,solutions,grader,playground,scripts}/**/*.test.ts'],
    exclude: ['grader/checks/**', '**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
