/** Grading as `npm run grade` does it, and the hints of `npm run hint`. */
import { z } from 'zod';
import { curriculum, type Topic } from '../../../catalogue/curriculum.ts';
import { showHints } from '../../../grader/progress/hints.ts';
import type { GradeStep } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import { openStream, parse, readJson, RouteError, sendJson, type Routes } from './answers.ts';

const gradeRequest = z.object({
  topics: z.array(z.string()).min(1).max(curriculum.length),
  stretch: z.boolean().default(false),
  fastTrack: z.boolean().default(false),
});
const hintsRequest = z.object({ topic: z.string(), again: z.boolean() });

export function gradeRoutes(lab: LabServices): Routes {
  return {
    async 'POST /grade'(request, response) {
      const asked = parse(gradeRequest, await readJson(request));
      const wanted = new Set(asked.topics.map(findTopic));
      let tell: ((step: GradeStep) => void) | undefined;
      try {
        await lab.grading.grade({
          topics: curriculum.filter((topic) => wanted.has(topic)),
          withStretch: asked.stretch,
          onlyTrack: asked.fastTrack,
          begin(stop) {
            if (response.closed) stop();
            else response.once('close', stop);
            tell = openStream(response);
            return tell;
          },
        });
      } catch (error) {
        if (!tell) throw error;
        console.error(error);
        tell({ type: 'problem', message: 'The lab itself failed; the terminal says more.' });
      }
      response.end();
    },

    async 'POST /hints'(request, response) {
      const { topic, again } = parse(hintsRequest, await readJson(request));
      sendJson(response, 200, showHints(findTopic(topic), again, lab.progress));
    },
  };
}

function findTopic(slug: string): Topic {
  const found = curriculum.find((topic) => topic.slug === slug);
  if (!found) throw new RouteError(404, `There is no topic “${slug}”.`);
  return found;
}
