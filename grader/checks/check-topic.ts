/**
 * Turns a topic's catalogue into checks: one test per attack and one per piece of ordinary use. A
 * check's name is the id of what it fires, so that it can be searched for.
 */
import { afterAll, describe, inject, test } from 'vitest';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { UseReport } from '../attacks/attack.ts';
import { auditedTopics, curriculum } from '../curriculum.ts';
import { gradedAttacks, loadCatalogue, wholeServerCheck } from '../load-catalogue.ts';
import { explainAttack, explainAudit, explainProblem, explainUse } from '../explain.ts';
import { LabBench } from '../lab.ts';
import { passes } from '../passes.ts';
import {
  auditReportFile,
  auditTopic,
  writeAuditReport,
  type AuditItem,
} from '../security-audit.ts';
import { projectFolder } from '../targets/project-path.ts';
import { TargetProblem } from '../targets/target-process.ts';
import type { TargetSpec } from '../targets/target-spec.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `student`, or `reference` for `--solutions`. */
    gradedTarget: 'student' | 'reference';
    withStretch: boolean;
    /** Whether the audit of the whole server fires every payload, or one of each attack. */
    auditWithAllPayloads: boolean;
  }
}

/** Longer than anything the lab lets happen: its own deadlines name the file, vitest's do not. */
const TEST_DEADLINE_MS = 120_000;

// Without isolation between files, all topics share one lab and so one target process.
let bench: Promise<LabBench> | undefined;
let topicsUsingIt = 0;

export async function checkTopic(slug: string): Promise<void> {
  const catalogue = await loadCatalogue(slug);
  const gradedTarget = inject('gradedTarget');
  const spec: TargetSpec =
    gradedTarget === 'reference' ? { kind: 'reference' } : { kind: 'student', topic: slug };

  topicsUsingIt += 1;
  describe(slug, () => {
    for (const attack of gradedAttacks(catalogue, inject('withStretch'))) {
      test(attack.id, { timeout: TEST_DEADLINE_MS }, async () => {
        for (const variant of Object.keys(attack.variants)) {
          const report = await asked(slug, (lab) => lab.fire(spec, attack, variant));
          if (!passes(report)) throw new CheckFailure(explainAttack(slug, attack, report));
        }
      });
    }
    for (const use of catalogue.uses) {
      test(use.id, { timeout: TEST_DEADLINE_MS }, async () => {
        const report: UseReport = await asked(slug, (lab) => lab.try(spec, use));
        if (report.problems.length > 0) throw new CheckFailure(explainUse(slug, use, report));
      });
    }
    if (curriculum.some((topic) => topic.slug === slug && topic.capstone)) checkWholeServer();
    afterAll(async () => {
      topicsUsingIt -= 1;
      if (topicsUsingIt > 0) return;
      await (await bench)?.close();
      bench = undefined;
    });
  });
}

/** All attacks of all topics at the whole server; the checklist that comes of it is left on disk. */
function checkWholeServer(): void {
  const isReference = inject('gradedTarget') === 'reference';
  const spec: TargetSpec = { kind: isReference ? 'reference' : 'whole-student' };
  const items: AuditItem[] = [];
  for (const { slug } of auditedTopics) {
    test(wholeServerCheck(slug), { timeout: TEST_DEADLINE_MS }, async () => {
      const own = await asked(slug, async (lab) => {
        const found: AuditItem[] = [];
        const options = {
          withStretch: inject('withStretch'),
          firstVariants: !inject('auditWithAllPayloads'),
        };
        for await (const item of auditTopic(slug, spec, lab, options)) found.push(item);
        return found;
      });
      items.push(...own);
      const open = own.filter(({ holds }) => !holds);
      if (open.length === 0) return;
      const alone = isReference
        ? []
        : await asked(slug, (lab) => openAmongReferenceNeighbors(slug, open, lab));
      throw new CheckFailure(explainAudit(slug, open, new Set(alone)));
    });
  }
  afterAll(() => {
    const server = isReference ? 'the reference' : 'yours, all exercises together';
    const file = path.join(projectFolder, auditReportFile(inject('gradedTarget')));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, writeAuditReport(items, server, new Date()));
  });
}

/** Which of the items fail in their own topic as well, where nobody else's control is to blame. */
async function openAmongReferenceNeighbors(
  slug: string,
  open: AuditItem[],
  lab: LabBench,
): Promise<string[]> {
  const failing: string[] = [];
  const only = open.map(({ id }) => id);
  const options = { withStretch: inject('withStretch'), only };
  for await (const { id, holds } of auditTopic(
    slug,
    { kind: 'student', topic: slug },
    lab,
    options,
  )) {
    if (!holds) failing.push(id);
  }
  return failing;
}

/** A failed check. Its message is the whole explanation; a stack would only point into the grader. */
class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

async function asked<T>(slug: string, work: (lab: LabBench) => Promise<T>): Promise<T> {
  bench ??= LabBench.open();
  try {
    return await work(await bench);
  } catch (error) {
    if (error instanceof TargetProblem) throw new CheckFailure(explainProblem(slug, error.message));
    throw error;
  }
}
