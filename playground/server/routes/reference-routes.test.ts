import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { Progress } from '../../lab-api.ts';
import { RouteError } from './answers.ts';
import { referenceRoutes } from './reference-routes.ts';

const FILE = 'exercises/08-city-input/city-input.ts';
const grade = (passed: number) => ({ passed, all: 9, failed: [], at: '2026-01-01T09:00:00.000Z' });

/** The answer's body, or the status of the refusal. */
async function ask(progress: Progress, file = FILE): Promise<string | number> {
  let body = '';
  const response = {
    writeHead: () => response,
    end: (text: string) => (body = text),
  } as unknown as ServerResponse;
  const journal = { read: () => progress } as Parameters<typeof referenceRoutes>[0]['progress'];
  const request = { url: `/reference?file=${encodeURIComponent(file)}` } as IncomingMessage;
  try {
    await referenceRoutes({ progress: journal })['GET /reference']?.(request, response);
  } catch (error) {
    if (!(error instanceof RouteError)) throw error;
    return error.status;
  }
  return body;
}

test('keeps the reference until the topic is solved, or the learner has asked for it', async () => {
  expect(await ask({})).toBe(403);
  expect(await ask({ '08-city-input': { grade: grade(8) } })).toBe(403);
  expect(await ask({ '08-city-input': { grade: grade(9) } })).toContain('export const citySchema');
  expect(await ask({ '08-city-input': { spoiled: true } })).toContain('export const citySchema');
  // Another topic's grade says nothing of this one.
  expect(await ask({ '05-access-tokens': { grade: grade(9) } })).toBe(403);
});

test('knows the files of the curriculum and no others', async () => {
  const solved = { '08-city-input': { grade: grade(9) } };
  for (const file of [
    '',
    'package.json',
    'exercises/08-city-input/../../package.json',
    `${FILE}/`,
  ]) {
    expect(await ask(solved, file)).toBe(404);
  }
});
