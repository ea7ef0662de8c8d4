import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { RouteError } from './answers.ts';
import { givenFiles, givenRoutes } from './given-routes.ts';

/** The answer's body, or the status of the refusal. */
async function ask(route: 'given' | 'shipped', file: string): Promise<string | number> {
  let body = '';
  const response = {
    writeHead: () => response,
    end: (text: string) => (body = text),
  } as unknown as ServerResponse;
  const request = { url: `/${route}?file=${encodeURIComponent(file)}` } as IncomingMessage;
  try {
    await givenRoutes()[`GET /${route}`]?.(request, response);
  } catch (error) {
    if (!(error instanceof RouteError)) throw error;
    return error.status;
  }
  return body;
}

test('shows the contracts, the given server and the stubs as shipped', async () => {
  expect(givenFiles()[0]).toBe('exercises/weather-server/controls.ts');
  expect(await ask('given', 'exercises/weather-server/controls.ts')).toContain('CitySchema');
  expect(await ask('shipped', 'exercises/08-city-input/city-input.ts')).toContain('citySchema');
});

test.each([
  'solutions/08-city-input/city-input.ts',
  'exercises/weather-server/../../solutions/08-city-input/city-input.ts',
  'exercises/08-city-input/city-input.ts',
  'package.json',
  '/etc/passwd',
  '',
])('does not give %s', async (file) => {
  expect(await ask('given', file)).toBe(404);
  if (!file.startsWith('exercises/08')) expect(await ask('shipped', file)).toBe(404);
});
