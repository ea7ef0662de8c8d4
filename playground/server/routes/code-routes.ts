/** What TypeScript knows of the learner's files, for the editor in the page. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { CodeInsight } from '../code/code-insight.ts';
import { isStub } from '../stub-files.ts';
import { mostStubBody, parse, readJson, RouteError, sendJson, type Routes } from './answers.ts';

const codeText = z.object({ file: z.string().max(200), text: z.string() });
const codePlace = codeText.extend({ offset: z.number().int().min(0) });

export function codeRoutes(insight: CodeInsight): Routes {
  return {
    async 'POST /code/completions'(request, response) {
      const { file, text, offset } = await read(codePlace, request);
      sendJson(response, 200, await said(insight.completions(file, text, offset)));
    },

    async 'POST /code/explanation'(request, response) {
      const { file, text, offset } = await read(codePlace, request);
      sendJson(response, 200, (await said(insight.explanation(file, text, offset))) ?? null);
    },

    async 'POST /code/problems'(request, response) {
      const { file, text } = await read(codeText, request);
      sendJson(response, 200, await said(insight.problems(file, text)));
    },
  };
}

async function read<T extends { file: string }>(
  schema: z.ZodType<T>,
  request: IncomingMessage,
): Promise<T> {
  const asked = parse(schema, await readJson(request, mostStubBody));
  if (!isStub(asked.file)) throw new RouteError(404, 'The workbook has no such exercise file.');
  return asked;
}

/** The editor does without it. */
async function said<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new RouteError(503, `TypeScript did not answer: ${(error as Error).message}`);
  }
}
