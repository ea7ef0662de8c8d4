/** What is known to fail and was accepted, so that a build fails only for what is new. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CommandProblem } from '../shared/command-line.ts';
import type { AuditResult } from './audit-server.ts';

const BASELINE = z.object({
  schema: z.literal(1),
  /** Of the server; another one may have the same, so that it is not compared. */
  url: z.string(),
  /** Ids of items, each with a reason, which is for people. */
  known: z.array(z.object({ id: z.string(), reason: z.string().optional() })),
  /** Digests of the tools, by name. */
  tools: z.record(z.string(), z.string()).optional(),
});

export interface Baseline {
  known: ReadonlySet<string>;
  tools: Record<string, string> | undefined;
}

/** @throws {CommandProblem} saying what is wrong with the file */
export function readBaseline(file: string): Baseline {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandProblem(
      `${file} cannot be read (${code}). --write-baseline ${file} writes one of what fails now.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandProblem(`${file} is no JSON.`);
  }
  const parsed = BASELINE.safeParse(value);
  if (!parsed.success) {
    const { message, path } = parsed.error.issues[0] ?? { message: '', path: [] };
    throw new CommandProblem(`${file} is no baseline: ${path.join('.')}: ${message}`);
  }
  const { known, tools } = parsed.data;
  return { known: new Set(known.map(({ id }) => id)), tools };
}

/** What fails and is known is marked; what is known and fails no more is named. */
export function compareWith({ known }: Baseline, result: AuditResult): AuditResult {
  const mended = result.items.filter(({ id, state }) => known.has(id) && state === 'pass');
  return {
    ...result,
    items: result.items.map((item) =>
      item.state === 'fail' && known.has(item.id) ? { ...item, isKnown: true } : item,
    ),
    mended: mended.map(({ id }) => id),
  };
}

export function writeBaseline({ url, items, tools }: AuditResult): string {
  const known = items.flatMap(({ id, state, evidence }) =>
    state === 'fail' && id !== 'tools-unchanged' ? [{ id, reason: evidence }] : [],
  );
  return `${JSON.stringify({ schema: 1, url, known, tools }, undefined, 2)}\n`;
}
