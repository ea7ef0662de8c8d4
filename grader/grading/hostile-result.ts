/** A result that quotes everything that could break out of a page, for tests. */
import { gradeResult, type GradedTopic, type GradeResult } from './grade-result.ts';

export const HOSTILE =
  '</pre><script>alert(1)</script>"\'&\u0000\u202e\ud800\uffff]]><img src=x onerror=y>';

export function hostileResult(): GradeResult {
  const topic: GradedTopic = {
    slug: '05-access-tokens',
    title: 'Access tokens',
    checks: [
      { id: 'good', kind: 'attack', title: 'Good', state: 'passed', points: 2, earned: 2 },
      {
        id: 'bad',
        kind: 'attack',
        title: HOSTILE,
        state: 'failed',
        points: 2,
        earned: 0,
        explanation: {
          findings: ['It ran.'],
          facts: [
            { label: 'Sent', lines: ['POST /mcp', HOSTILE] },
            { label: 'Got', lines: [HOSTILE] },
            { label: 'Why', lines: ['RFC 9110'] },
          ],
        },
        mistakes: ['Any audience is accepted.'],
      },
      { id: 'lost', kind: 'use', title: 'Lost', state: 'never-ran', points: 1, earned: 0 },
    ],
    passed: 1,
    points: 5,
    earned: 2,
  };
  return gradeResult(
    {
      target: 'student',
      withStretch: false,
      startedAt: '2026-01-01T00:00:00.000Z',
      seconds: 1.5,
      versions: { workbook: '1.0.0', node: '20.20.0' },
      fingerprints: { exercises: 'e'.repeat(64), grader: 'f'.repeat(64) },
    },
    [topic],
    [HOSTILE],
    [
      {
        topic: '05-access-tokens',
        id: 'bad',
        kind: 'attack',
        title: 'Item',
        holds: false,
        evidence: HOSTILE,
      },
      { topic: '05-access-tokens', id: 'u', kind: 'use', title: 'Use', holds: true, evidence: '' },
    ],
  );
}
