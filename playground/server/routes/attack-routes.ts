/** Firing attacks, and ordinary use. */
import { z } from 'zod';
import { readPayload } from '../../../catalogue/read-payload.ts';
import type { FireEvent } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import { boundReport } from '../bound-report.ts';
import {
  parse,
  readJson,
  RouteError,
  sendJson,
  streamTargets,
  targetNames as targets,
  type Routes,
} from './answers.ts';
import { describeCatalogue } from './describe-catalogue.ts';
import { fireInTurn } from './fire-repeatedly.ts';

const inTurn = z.object({ how: z.literal('in-turn'), times: z.int().min(2).max(50) });
const atOnce = z.object({ how: z.literal('at-once'), times: z.int().min(2).max(20) });
const fireRequest = z.object({
  attackId: z.string(),
  variant: z.string(),
  payload: z.string().optional(),
  targets,
  repeat: z.discriminatedUnion('how', [inTurn, atOnce]).optional(),
});
const useRequest = z.object({ useId: z.string(), targets, repeat: inTurn.optional() });

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
      const { variant, repeat } = asked;
      const copies = repeat?.how === 'at-once' ? repeat.times : 1;
      const series = repeat?.how === 'in-turn' ? repeat.times : 1;
      await streamTargets<FireEvent>(response, asked.targets, async (target, stream) => {
        const report = await fireInTurn(target, series, stream, () =>
          lab.targets.fire(target, topic.slug, attack, variant, payload, copies),
        );
        if (report.copies) stream.send({ type: 'tally', target, tally: report.copies });
        return { type: 'report', report: boundReport(report) };
      });
    },

    async 'POST /use'(request, response) {
      const asked = parse(useRequest, await readJson(request));
      const found = lab.catalogue.uses.get(asked.useId);
      if (!found) throw new RouteError(404, `There is no ordinary use “${asked.useId}”.`);
      const series = asked.repeat?.times ?? 1;
      await streamTargets<FireEvent>(response, asked.targets, async (target, stream) => {
        const report = await fireInTurn(target, series, stream, () =>
          lab.targets.try(target, found.topic.slug, found.use),
        );
        return { type: 'use-report', report: boundReport(report) };
      });
    },
  };
}
