/** The check of one whole server. */
import { z } from 'zod';
import { parts, type Part } from '../../../catalogue/curriculum.ts';
import {
  wholeServerItemIds,
  writeWholeServerReport,
  yoursInWords,
  type WholeServerItem,
} from '../../../grader/whole-server.ts';
import type { WholeServerEvent, TargetName } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import { openStream, parse, readJson, targetName, type Routes } from './answers.ts';

const wholeServerRequest = z.object({
  target: targetName,
  part: z.int().min(1).max(parts.length),
});
const inWords = (target: TargetName, part: Part): string =>
  target === 'yours' ? yoursInWords(part) : `the ${target}`;

export function wholeServerRoutes(lab: LabServices): Routes {
  return {
    async 'POST /whole-server'(request, response) {
      const { target, part: number } = parse(wholeServerRequest, await readJson(request));
      const part = parts[number - 1] as Part;
      const ids = await Promise.all(part.topics.map(async ({ slug }) => wholeServerItemIds(slug)));
      const send: (event: WholeServerEvent) => void = openStream(response);
      send({ type: 'plan', items: ids.flat().length });
      const items: WholeServerItem[] = [];
      for (const { slug } of part.topics) {
        for await (const item of lab.targets.wholeServer(target, part, slug)) {
          if (response.closed) return;
          items.push(item);
          send({ type: 'item', item });
        }
      }
      send({
        type: 'done',
        report: writeWholeServerReport(items, inWords(target, part), new Date()),
      });
      response.end();
    },
  };
}
