/**
 * Makes the mutants of a source file: small changes, one at a time, each of which some check must
 * notice. Stryker writes them all into one text, from which an environment variable chooses.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { oneLine } from './survivors.ts';

/** Chooses a mutant when the instrumented file is loaded; without it, the code is as written. */
export const ACTIVE_MUTANT = '__STRYKER_ACTIVE_MUTANT__';

export interface Mutant {
  /** What `ACTIVE_MUTANT` chooses it by; differs from run to run. */
  id: string;
  /** File, declaration, and the change: stays when lines above it move. */
  key: string;
  line: number;
}

/** The part of Stryker's instrumenter that is used; it is not installed where types are checked. */
interface StrykerInstrumenter {
  instrument(
    files: { name: string; content: string; mutate: true }[],
    options: { plugins: null; ignorers: never[]; excludedMutations: string[] },
  ): Promise<{ files: { content: string }[]; mutants: StrykerMutant[] }>;
}
interface StrykerMutant {
  id: string;
  mutatorName: string;
  replacement: string;
  /** Lines and columns from 0. */
  location: Record<'start' | 'end', { line: number; column: number }>;
}

const ownFolder = import.meta.dirname;

/** `name` is how the file is called in the keys. */
export async function makeMutants(
  name: string,
  source: string,
): Promise<{ instrumented: string; mutants: Mutant[] }> {
  const entry = 'node_modules/@stryker-mutator/instrumenter/dist/src/index.js';
  const { Instrumenter } = (await import(pathToFileURL(path.join(ownFolder, entry)).href)) as {
    Instrumenter: new (logger: object) => StrykerInstrumenter;
  };
  const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} };
  const { files, mutants } = await new Instrumenter(silent).instrument(
    [{ name, content: source, mutate: true }],
    { plugins: null, ignorers: [], excludedMutations: [] },
  );
  const lines = source.split('\n');
  const seen = new Map<string, number>();
  const judged = mutants.flatMap(({ id, mutatorName, replacement, location }) => {
    const original = textAt(lines, location);
    if (mutatorName === 'StringLiteral' && isSentence(original)) return [];
    const declaration = declarationAt(lines, location.start.line);
    const change = `${name} ${declaration}: ${shown(original)} → ${shown(replacement)}`;
    const occurrence = (seen.get(change) ?? 0) + 1;
    seen.set(change, occurrence);
    const key = occurrence === 1 ? change : `${change} (${occurrence})`;
    return [{ id, key, line: location.start.line + 1 }];
  });
  return { instrumented: files[0]?.content ?? '', mutants: judged };
}

/** What is written for people may be worded in any way, so that no check may look at it. */
const isSentence = (literal: string): boolean => /\s.*\.['"`]$/s.test(literal);

function textAt(lines: string[], { start, end }: StrykerMutant['location']): string {
  const touched = lines.slice(start.line, end.line + 1);
  touched[touched.length - 1] = touched.at(-1)?.slice(0, end.column) ?? '';
  touched[0] = touched[0]?.slice(start.column) ?? '';
  return touched.join('\n');
}

/** The top-level declaration that a line belongs to. */
function declarationAt(lines: string[], line: number): string {
  const heads = lines
    .slice(0, line + 1)
    .map((text) => /^(?:export )?(?:async )?(?:function|const|class) (\w+)/.exec(text)?.[1]);
  return heads.findLast((name) => name !== undefined) ?? '(top)';
}

const LONGEST_SHOWN = 160;

function shown(code: string): string {
  const line = oneLine(code);
  return line.length <= LONGEST_SHOWN ? line : `${line.slice(0, LONGEST_SHOWN)}…`;
}
