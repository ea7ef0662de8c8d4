/** Topics are found as people name them, and instructors find what they need. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkKinds, POINTS } from '../../grader/checks/checks-of-topic.ts';
import { selectTopics, UnknownTopicError } from '../../catalogue/curriculum.ts';
import {
  gradedCheckSchema,
  gradedTopicSchema,
  gradeResultSchema,
} from '../../grader/grading/grade-result.ts';
import { wholeServerItemSchema } from '../../grader/whole-server.ts';
import { projectFolder } from '../../shared/project-path.ts';

test('topics are found by number, name and slug', () => {
  for (const word of ['10', 'rate-limits', '10-rate-limits']) {
    expect(selectTopics([word]).map(({ slug }) => slug)).toEqual(['10-rate-limits']);
  }
  expect(selectTopics(['5']).map(({ slug }) => slug)).toEqual(['05-access-tokens']);
  expect(() => selectTopics(['nonsense'])).toThrow(UnknownTopicError);
});

test('instructors find every member of a result, and what checks are worth', () => {
  const page = readFileSync(path.join(projectFolder, 'docs/for-instructors.md'), 'utf8');
  const members = [gradeResultSchema, gradedTopicSchema, gradedCheckSchema, wholeServerItemSchema];
  for (const name of members.flatMap(({ shape }) => Object.keys(shape))) {
    expect(page).toContain(`\`${name}\``);
  }
  for (const kind of checkKinds) {
    expect(page).toMatch(new RegExp(`^\\| \`${kind}\` .*\\| +${POINTS[kind]} \\|$`, 'm'));
  }
});
