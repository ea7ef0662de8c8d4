/** One submission from beginning to end; the long tests of this folder have a whole class. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { selectTopics } from '../../catalogue/curriculum.ts';
import { inProject } from '../../shared/project-path.ts';
import { gradeClass } from './grade-class.ts';

const TOPIC = '01-oauth-discovery';
const folder = mkdtempSync(path.join(tmpdir(), 'class-'));
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }));

test('a solved submission passes every check', { timeout: 300_000 }, async () => {
  cpSync(inProject(`solutions/${TOPIC}`), path.join(folder, 'ada', TOPIC), { recursive: true });
  const options = { topics: selectTopics(['01']), withStretch: false, deadlineMs: 300_000 };
  const { submissions } = await gradeClass(folder, options);
  expect(submissions).toMatchObject([{ name: 'ada', result: { failed: 0, problems: [] } }]);
});
