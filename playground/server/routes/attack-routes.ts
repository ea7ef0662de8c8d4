/** Firing attacks, and ordinary use. */
import { z } from 'zod';
import { readPayload } from '../../../grader/read-payload.ts';
import type { LabServices } from '../lab-services.ts';
import {
  parse,
  readJson,
  RouteError,
  sendJson,
  since,
  streamTargets,
  targetNames as targets,
  type Routes,
} from './answers.ts';
import { describeCatalogue } from './describe-catalogue.ts';

const fireRequest = z.object({
  attackId: z.string(),
  variant: z.string(),
  payload: z.string().optional(),
  targets,
});
const useRequest = z.object({ useId: z.string(), targets });

export function attackRoutes(lab: LabServices): Routes {
  return {
    'GET /catalogue': (_request, response) =>
      sendJson(response, 200, describeCatalogue(lab.catalogue)),

    async 'POST /fire'(request, response) {
      const asked = parse(fireRequest, await readJson(request));
      const { topic, attack } = lab.findAttack(asked.attackId);
      if (!Object.hasOwn(attack.variants, asked.variant)) {
        throw new RouteError(404, `The attack has no variant “${asked.variant}”.`);
      }
      const payload =
        asked.payload === undefined
          ? attack.variants[asked.variant]
          : readPayload(attack, asked.payload);
      await streamTargets(response, asked.targets, async (target) => {
        const started = performance.now();
        const report = await lab.targets.fire(target, topic.slug, attack, asked.variant, payload);
        return { type: 'report', target, report, milliseconds: since(started) };
      });
    },

    async 'POST /use'(request, response) {
      const asked = parse(useRequest, await readJson(request));
      const found = lab.catalogue.uses.get(asked.useId);
      if (!found) throw new RouteError(404, `There is no ordinary use “${asked.useId}”.`);
      await streamTargets(response, asked.targets, async (target) => {
        const started = performance.now();
        const report = await lab.targets.try(target, found.topic.slug, found.use);
        return { type: 'use-report', target, report, milliseconds: since(started) };
      });
    },
  };
}
