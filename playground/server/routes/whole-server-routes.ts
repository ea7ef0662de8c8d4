/** The check of one whole server. */
import { z } from 'zod';
import { wholeServerTopics } from '../../../catalogue/curriculum.ts';
import {
  wholeServerItemIds,
  writeWholeServerReport,
  type WholeServerItem,
} from '../../../grader/whole-server.ts';
import type { WholeServerEvent, TargetName } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import { openStream, parse, readJson, targetName, type Routes } from './answers.ts';

const wholeServerRequest = z.object({ target: targetName });
const targetInWords: Record<TargetName, string> = {
  baseline: 'the baseline',
  yours: 'yours, all exercises together',
  reference: 'the reference',
};

export function wholeServerRoutes(lab: LabServices): Routes {
  return {
    async 'POST /whole-server'(request, response) {
      const { target } = parse(wholeServerRequest, await readJson(request));
      const ids = await Promise.all(
        wholeServerTopics.map(async ({ slug }) => wholeServerItemIds(slug)),
      );
      const send: (event: WholeServerEvent) => void = openStream(response);
      send({ type: 'plan', items: ids.flat().length });
      const items: WholeServerItem[] = [];
      for (const { slug } of wholeServerTopics) {
        for await (const item of lab.targets.wholeServer(target, slug)) {
          if (response.closed) return;
          items.push(item);
          send({ type: 'item', item });
        }
      }
      send({
        type: 'done',
        report: writeWholeServerReport(items, targetInWords[target], new Date()),
      });
      response.end();
    },
  };
}
