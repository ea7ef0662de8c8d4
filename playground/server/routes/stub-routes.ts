/** The learner's files, for the editor in the page. */
import { z } from 'zod';
import type { StubConflict } from '../../lab-api.ts';
import { StubFiles } from '../stub-files.ts';
import {
  MOST_STUB_BYTES,
  mostStubBody,
  parse,
  readJson,
  sendJson,
  type Routes,
} from './answers.ts';

const stubSave = z.object({
  file: z.string().max(200),
  text: z.string().max(MOST_STUB_BYTES, `A file has at most ${MOST_STUB_BYTES / 1024} KiB.`),
  version: z.string().max(64),
});

export function stubRoutes(files = new StubFiles()): Routes {
  return {
    'GET /stub'(request, response) {
      const asked = new URL(request.url ?? '', 'http://lab').searchParams.get('file');
      sendJson(response, 200, files.read(asked ?? ''));
    },

    async 'POST /stub'(request, response) {
      const save = parse(stubSave, await readJson(request, mostStubBody));
      const { saved, now } = files.write(save);
      if (saved) {
        sendJson(response, 200, now);
        return;
      }
      const error = `${save.file} was changed in the meantime. Nothing was overwritten.`;
      sendJson(response, 409, { error, ...now } satisfies StubConflict);
    },
  };
}
