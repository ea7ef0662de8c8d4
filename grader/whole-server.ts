/**
 * The check of one whole server: every attack of a topic is fired at it, with ordinary use
 * in between, and each becomes an item of a checklist with the evidence that was seen.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { AttackReport } from '../lab/protocol.ts';
import { curriculum, parts, type Part } from '../catalogue/curriculum.ts';
import type { Lab } from '../lab/lab.ts';
import { gradedAttacks, gradedUses, loadCatalogue } from '../catalogue/load-catalogue.ts';
import { passes } from './passes.ts';
import { projectFolder } from '../shared/project-path.ts';
import { visibleLine } from '../shared/visible-text.ts';
import { TargetProblem } from '../lab/target-process.ts';
import type { TargetSpec } from '../lab/target-spec.ts';

export const wholeServerItemSchema = z.object({
  /** Slug of the topic it belongs to. */
  topic: z.string(),
  /** Id of the attack or the piece of ordinary use. */
  id: z.string(),
  kind: z.enum(['attack', 'use']),
  title: z.string(),
  holds: z.boolean(),
  /** What was seen, in a sentence or two. */
  evidence: z.string(),
});

export type WholeServerItem = z.infer<typeof wholeServerItemSchema>;

interface WholeServerOptions {
  withStretch?: boolean;
  /** Fires one payload of each attack instead of all. */
  firstVariants?: boolean;
  /** Ids of the items to check; all if left out. */
  only?: string[];
}

/** Yields an item for each attack and each use of a topic, in the order of its catalogue. */
export async function* checkWholeServer(
  slug: string,
  spec: TargetSpec,
  lab: Lab,
  { withStretch = false, firstVariants = false, only }: WholeServerOptions = {},
): AsyncGenerator<WholeServerItem> {
  const catalogue = await loadCatalogue(slug);
  const isWanted = ({ id }: { id: string }): boolean => only?.includes(id) ?? true;
  for (const attack of gradedAttacks(catalogue, withStretch).filter(isWanted)) {
    const { id, title } = attack;
    const reports: AttackReport[] = [];
    const variants = Object.keys(attack.variants);
    const problem = await problemIn(async () => {
      for (const variant of firstVariants ? variants.slice(0, 1) : variants) {
        const report = await lab.fire(spec, attack, variant);
        if (!passes(report)) return `With “${variant}”: ${report.summary}`;
        reports.push(report);
      }
      return undefined;
    });
    const holds = problem === undefined;
    const evidence = problem ?? describeDefense(reports);
    yield { topic: slug, id, kind: 'attack', title, holds, evidence };
  }
  for (const use of gradedUses(catalogue, withStretch).filter(isWanted)) {
    const problem = await problemIn(async () => (await lab.try(spec, use)).problems[0]);
    yield {
      topic: slug,
      id: use.id,
      kind: 'use',
      title: use.title,
      holds: problem === undefined,
      evidence: problem ?? 'It worked.',
    };
  }
}

/** Ids of the items that `checkWholeServer` yields by default. */
export async function wholeServerItemIds(slug: string): Promise<string[]> {
  const catalogue = await loadCatalogue(slug);
  return [...gradedAttacks(catalogue, false), ...gradedUses(catalogue, false)].map(({ id }) => id);
}

/** A server that cannot be asked fails the item, and the check goes on. */
async function problemIn(check: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof TargetProblem) return error.message;
    throw error;
  }
}

function describeDefense(reports: AttackReport[]): string {
  const answers = new Set(
    reports.flatMap(({ exchanges, decisive }) =>
      exchanges
        .filter(({ requestId }) => requestId === decisive)
        .map(({ response }) => `HTTP ${response.status}`),
    ),
  );
  const tried = reports.length === 1 ? 'One payload had' : `${reports.length} payloads had`;
  const answered = answers.size === 0 ? '' : ` (answered with ${[...answers].join(', ')})`;
  return `${tried} no effect${answered}; ordinary calls before and after each worked.`;
}

/** Where the checklist of a graded server is left, of one part, relative to the project folder. */
export const wholeServerReport = (target: 'student' | 'reference', { number }: Part): string =>
  `.workbook/whole-server-check${number > 1 ? `-of-part-${number}` : ''}${target === 'reference' ? '-of-reference' : ''}.md`;

/** Which checklists there are of what was graded. */
export const wholeServerReports = (
  target: 'student' | 'reference',
  items: WholeServerItem[],
): string[] =>
  parts
    .filter((part) => itemsOf(part, items).length > 0)
    .map((part) => wholeServerReport(target, part));

/** Writes the checklists of a graded server to disk, one for each part. */
export function leaveWholeServerReports(
  target: 'student' | 'reference',
  items: WholeServerItem[],
): void {
  for (const part of parts) {
    const own = itemsOf(part, items);
    if (own.length === 0) continue;
    const server = target === 'reference' ? 'the reference' : yoursInWords(part);
    const file = path.join(projectFolder, wholeServerReport(target, part));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, writeWholeServerReport(own, server, new Date()));
  }
}

const itemsOf = ({ topics }: Part, items: WholeServerItem[]): WholeServerItem[] =>
  items.filter(({ topic }) => topics.some(({ slug }) => slug === topic));

/** What the learner's whole server is made of. */
export const yoursInWords = ({ number, topics, capstone }: Part): string =>
  number === 1
    ? `yours, topics 01 to ${capstone.slug.slice(0, 2)} together`
    : `yours, topics ${topics[0]?.slug.slice(0, 2)} to ${capstone.slug.slice(0, 2)} together, over the first part of the reference`;

/** The checklist as Markdown, topic by topic. */
export function writeWholeServerReport(items: WholeServerItem[], server: string, at: Date): string {
  const holding = items.filter(({ holds }) => holds).length;
  const sections = curriculum.flatMap(({ slug, title }) => {
    const own = items.filter(({ topic }) => topic === slug);
    if (own.length === 0) return [];
    const lines = own.map(
      ({ id, title: what, kind, holds, evidence }) =>
        `- [${holds ? 'x' : ' '}] ${kind === 'use' ? 'Ordinary use: ' : ''}${what} (\`${id}\`): ${oneLine(evidence)}`,
    );
    return [`## ${slug.slice(0, 2)} ${title}\n\n${lines.join('\n')}\n`];
  });
  return [
    '# Whole-server check',
    `Server: ${server}. ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC. **${holding} of ${items.length} items hold.**`,
    'An item holds if none of its payloads had an effect, each answer was what a client needs, and ordinary calls just before and just after succeeded.',
    ...sections,
  ].join('\n\n');
}

/** Evidence may quote what an attacker sent. */
const oneLine = (text: string): string =>
  visibleLine(text.replaceAll(/(?:\r\n|[ \t\n])+/g, ' ')).replaceAll(/[<>`|]/g, '.');
