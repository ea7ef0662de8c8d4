import { expect, test } from 'vitest';
import { gradeResult } from './grade-result.ts';
import { writeJunit } from './write-junit.ts';

test('what an attacker sent does not get out of its element', () => {
  const explanation = 'Sent "<script>&\u0000\u001b[31m\ud800]]></failure>';
  const topic = {
    slug: '05-access-tokens',
    title: 'Access tokens',
    passed: 1,
    points: 4,
    earned: 2,
    checks: [
      { id: 'good', kind: 'attack', title: 'Good', state: 'passed', points: 2, earned: 2 },
      {
        id: 'bad',
        kind: 'attack',
        title: 'A & B',
        state: 'failed',
        points: 2,
        earned: 0,
        explanation,
      },
      { id: 'lost', kind: 'use', title: 'Lost', state: 'never-ran', points: 1, earned: 0 },
    ],
  } as const;
  const about = {
    target: 'student',
    withStretch: false,
    startedAt: '2026-01-01T00:00:00.000Z',
    versions: { workbook: '1.0.0', node: '20.0.0' },
    fingerprints: { exercises: 'e', grader: 'g' },
  } as const;
  const result = gradeResult(
    { ...about, seconds: 1.5 },
    [{ ...topic, checks: [...topic.checks] }],
    ['the worker ended'],
    [],
  );
  expect(writeJunit(result)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="secure-mcp-workbook" tests="4" failures="2" errors="1" time="1.5">
      <testsuite name="05 Access tokens" timestamp="2026-01-01T00:00:00.000Z" tests="3" failures="2" errors="0">
        <testcase classname="05-access-tokens" name="good"/>
        <testcase classname="05-access-tokens" name="bad"><failure message="A &amp; B">Sent &quot;&lt;script&gt;&amp;??[31m�]]&gt;&lt;/failure&gt;</failure></testcase>
        <testcase classname="05-access-tokens" name="lost"><failure message="Lost">It never ran.</failure></testcase>
      </testsuite>
      <testsuite name="the run itself" tests="1" failures="0" errors="1">
        <testcase classname="run" name="problem 1"><error>the worker ended</error></testcase>
      </testsuite>
    </testsuites>
    "
  `);
});
