/**
 * Whose turn it is to grade, and what is left of a grade that was stopped.
 *
 * @module-tag long
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { selectTopics } from '../../catalogue/curriculum.ts';
import type { GradeStep } from '../../grader/grading/grade-steps.ts';
import { LabGrading } from './lab-grading.ts';

const topics = selectTopics(['08']);

/** A grade that has begun its first check. */
function beginGrade(grading: LabGrading) {
  const steps: GradeStep[] = [];
  let stopIt: () => void;
  let over: Promise<void>;
  const running = new Promise<void>((resolve) => {
    over = grading.grade({
      topics,
      withStretch: false,
      onlyTrack: false,
      begin(stop) {
        stopIt = stop;
        return (step) => {
          steps.push(step);
          if (step.type === 'running') resolve();
        };
      },
    });
  });
  return { steps, running, stop: () => stopIt(), over: () => over };
}

test('a second grade is refused until the first one was stopped', async () => {
  const grading = new LabGrading();
  const first = beginGrade(grading);
  await first.running;
  await expect(beginGrade(grading).over()).rejects.toMatchObject({
    status: 409,
    message: 'Another page is grading topic 08. Wait until it is through, or stop it there.',
  });

  first.stop();
  const second = beginGrade(grading);
  await second.running;
  await first.over();
  await grading.close();
  await second.over();
  for (const { steps } of [first, second]) {
    const types = steps.map(({ type }) => type);
    expect(types).toContain('plan');
    expect(types).not.toContain('topic');
    expect(types).not.toContain('done');
  }
  if (process.platform === 'linux') expect(targetProcesses()).toEqual([]);
});

/** Command lines of this process's children that host targets. */
function targetProcesses(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return Number(parent) === process.pid && line.includes('lab/host/host.ts') ? [line] : [];
      } catch {
        return []; // It has just ended.
      }
    });
}
