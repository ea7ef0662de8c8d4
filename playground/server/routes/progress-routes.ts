/** What the learner has done, and checks of their own. */
import { z } from 'zod';
import { pinPayload, pinsIn } from '../../../grader/progress/pins.ts';
import { progressEvent, type ProgressEvent } from '../../../grader/progress/progress.ts';
import type { Marks, ProgressReset } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import { parse, readJson, RouteError, type Routes, sendJson } from './answers.ts';

const pinRequest = z.object({
  attackId: z.string(),
  name: z.string().optional(),
  payload: z.string(),
});
const unpinRequest = z.object({ attackId: z.string(), name: z.string() });
const marks = z.record(
  z.string(),
  z.object({
    read: z.boolean().exactOptional(),
    verdicts: z.record(z.string(), z.enum(['breached', 'blocked', 'inconclusive'])).exactOptional(),
    answers: z.record(z.string(), z.boolean()).exactOptional(),
  }),
);

export function progressRoutes(lab: LabServices): Routes {
  return {
    'GET /progress': (_request, response) => sendJson(response, 200, lab.files.progress()),

    async 'POST /progress'(request, response) {
      lab.progress.append(eventsOf(parse(marks, await readJson(request))));
      response.writeHead(204).end();
    },

    'POST /progress/reset'(_request, response) {
      const reset: ProgressReset = { putAside: lab.progress.putAside() };
      sendJson(response, 200, reset);
    },

    async 'POST /pin'(request, response) {
      const { attackId, name, payload } = parse(pinRequest, await readJson(request));
      const { topic, attack } = lab.findAttack(attackId);
      pinPayload(lab.progress, topic.slug, attack, { name, payload });
      response.writeHead(204).end();
    },

    async 'POST /unpin'(request, response) {
      const { attackId, name } = parse(unpinRequest, await readJson(request));
      const { slug } = lab.findAttack(attackId).topic;
      const isIt = (pin: { attack: string; name: string }): boolean =>
        pin.attack === attackId && pin.name === name;
      if (!pinsIn(lab.progress.read())[slug]?.some(isIt)) {
        throw new RouteError(404, `This attack has no pin “${name}” any more.`);
      }
      lab.progress.append([{ type: 'unpinned', topic: slug, attack: attackId, name }]);
      response.writeHead(204).end();
    },
  };
}

/** Marks of the page as events of the journal. */
function eventsOf(marked: Record<string, Marks>): ProgressEvent[] {
  const events = Object.entries(marked).flatMap(
    ([topic, { read, verdicts = {}, answers = {} }]) => [
      ...(read ? [{ type: 'read', topic }] : []),
      ...Object.entries(verdicts).map(([attack, verdict]) => ({
        type: 'verdict',
        topic,
        attack,
        verdict,
      })),
      ...Object.entries(answers).map(([question, right]) => ({
        type: 'answered',
        topic,
        question,
        right,
      })),
    ],
  );
  return parse(z.array(progressEvent), events);
}
