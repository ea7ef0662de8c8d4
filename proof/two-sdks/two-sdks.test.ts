/** The tables “In SDK v1, in SDK v2” of the lessons, cell by cell, as the SDKs behave when they run. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProject } from '../../shared/project-path.ts';
import { rows } from './rows.ts';
import type { Sdk } from './servers.ts';

const HEADING = '### In SDK v1, in SDK v2';

const tables = Object.fromEntries(
  readdirSync(inProject('lessons'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name.slice(0, -3), tableIn(readFileSync(inProject(`lessons/${name}`), 'utf8'))])
    .filter(([, table]) => Object.keys(table ?? {}).length > 0),
) as Record<string, Record<string, Record<Sdk, string>>>;

test('every row has an observation, and every observation its row', () => {
  const named = (all: Record<string, object>): string[] =>
    Object.entries(all).flatMap(([lesson, table]) =>
      Object.keys(table).map((row) => `${lesson}: ${row}`),
    );
  expect(named(tables)).toEqual(named(rows));
});

describe.each(Object.entries(rows))('%s', (lesson, observations) => {
  test.each(Object.entries(observations))('%s', async (row, observe) => {
    for (const sdk of ['v1', 'v2'] as const) {
      expect(await observe(sdk), sdk).toBe(tables[lesson]?.[row]?.[sdk]);
    }
  });
});

/** First cell -> the two others, without the signs around code. */
function tableIn(lesson: string): Record<string, Record<Sdk, string>> {
  const [, after = ''] = lesson.split(HEADING);
  const lines = /(?:^\|.*\n)+/m.exec(after)?.[0].trim().split('\n').slice(2) ?? [];
  return Object.fromEntries(
    lines.map((line) => {
      const [what = '', v1 = '', v2 = ''] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', ''));
      return [what, { v1, v2 }];
    }),
  );
}
