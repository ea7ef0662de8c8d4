/** What is given: the contracts and the server around the learner's files, and the stubs as shipped. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { curriculum } from '../../../catalogue/curriculum.ts';
import { shippedTextOf, stubsOf } from '../../../catalogue/shipped-stubs.ts';
import { projectFolder } from '../../../shared/project-path.ts';
import type { GivenText } from '../../lab-api.ts';
import { RouteError, sendJson, type Routes } from './answers.ts';

const FOLDER = 'exercises/weather-server';

/** Files of the given server, contracts first; found by their names, and so are no others. */
export function givenFiles(): string[] {
  const names = readdirSync(path.join(projectFolder, FOLDER)).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const [first, ...others] = ['controls.ts', ...names.filter((name) => name !== 'controls.ts')];
  return [first, ...others].map((name) => `${FOLDER}/${name}`);
}

export function givenRoutes(): Routes {
  return {
    'GET /given'(request, response) {
      const file = asked(request.url);
      if (!givenFiles().includes(file)) throw new RouteError(404, 'There is no such given file.');
      const text = readFileSync(path.join(projectFolder, file), 'utf8');
      sendJson(response, 200, { text } satisfies GivenText);
    },

    'GET /shipped'(request, response) {
      const file = asked(request.url);
      const isStub = curriculum.some((topic) => stubsOf(topic).includes(file));
      const text = isStub ? shippedTextOf(file) : undefined;
      if (text === undefined) throw new RouteError(404, 'No such file was shipped.');
      sendJson(response, 200, { text } satisfies GivenText);
    },
  };
}

const asked = (url = ''): string => new URL(url, 'http://lab').searchParams.get('file') ?? '';
