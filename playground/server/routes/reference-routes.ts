/** The reference beside the learner's file: only of what the learner has solved, or asked to see. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { curriculum, filesOf } from '../../../catalogue/curriculum.ts';
import { projectFolder } from '../../../shared/project-path.ts';
import type { ReferenceText } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import { RouteError, sendJson, type Routes } from './answers.ts';

export function referenceRoutes({ progress }: Pick<LabServices, 'progress'>): Routes {
  return {
    'GET /reference'(request, response) {
      const asked = new URL(request.url ?? '', 'http://lab').searchParams.get('file');
      for (const topic of curriculum) {
        const name = filesOf(topic).find((one) => `exercises/${topic.slug}/${one}` === asked);
        if (name === undefined) continue;
        const { grade, spoiled = false } = progress.read()[topic.slug] ?? {};
        const isSolved = grade !== undefined && grade.passed === grade.all;
        if (!isSolved && !spoiled) {
          throw new RouteError(403, 'The reference is shown once all checks of the topic pass.');
        }
        const place = path.join(projectFolder, 'solutions', topic.slug, name);
        sendJson(response, 200, { text: readFileSync(place, 'utf8') } satisfies ReferenceText);
        return;
      }
      throw new RouteError(404, 'The workbook has no such exercise file.');
    },
  };
}
