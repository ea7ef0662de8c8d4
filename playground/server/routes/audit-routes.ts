/** The audit of one whole server. */
import { z } from 'zod';
import { auditedTopics } from '../../../catalogue/curriculum.ts';
import { auditItemIds, writeAuditReport, type AuditItem } from '../../../grader/whole-server.ts';
import type { AuditEvent, TargetName } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import { openStream, parse, readJson, targetName, type Routes } from './answers.ts';

const auditRequest = z.object({ target: targetName });
const targetInWords: Record<TargetName, string> = {
  baseline: 'the baseline',
  yours: 'yours, all exercises together',
  reference: 'the reference',
};

export function auditRoutes(lab: LabServices): Routes {
  return {
    async 'POST /audit'(request, response) {
      const { target } = parse(auditRequest, await readJson(request));
      const ids = await Promise.all(auditedTopics.map(async ({ slug }) => auditItemIds(slug)));
      const send: (event: AuditEvent) => void = openStream(response);
      send({ type: 'plan', items: ids.flat().length });
      const items: AuditItem[] = [];
      for (const { slug } of auditedTopics) {
        for await (const item of lab.targets.audit(target, slug)) {
          if (response.closed) return;
          items.push(item);
          send({ type: 'item', item });
        }
      }
      send({ type: 'done', report: writeAuditReport(items, targetInWords[target], new Date()) });
      response.end();
    },
  };
}
