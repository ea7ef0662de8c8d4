/**
 * `npm run mutants -- [topics] [--again]`: changes the reference solutions in many small ways and asks whether
 * the checks of their topic notice. A change that none notices must be listed in
 * `survivors/<slug>.json` with the reason why that is right. Exit code: 0 if all of them are and no
 * listed one is noticed after all, 1 if not, 2 if the command was not understood. `--again` tries
 * only what is listed and what was not noticed the last time.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readCommandLine } from '../../shared/command-line.ts';
import { copyWorkbook } from '../../shared/copy-workbook.ts';
import { installApart } from '../../shared/install-apart.ts';
import type { Check } from '../../grader/checks/checks-of-topic.ts';
import { filesOf, selectTopics, type Topic } from '../../catalogue/curriculum.ts';
import type { Lab } from '../../lab/lab.ts';
import { inProject, projectFolder } from '../../shared/project-path.ts';
import { ACTIVE_MUTANT, makeMutants, type Mutant } from './make-mutants.ts';
import { readSurvivors, survivorsFile, type Survivors } from './survivors.ts';

const { topics, onlyUnnoticed } = readCommandLine(
  `Usage: npm run mutants -- [topic …] [--again]
  topic     a number or a name: 10, rate-limits, 10-rate-limits; none means all
  --again   only what is listed, and what was not noticed the last time`,
  { again: { type: 'boolean', default: false } },
  ({ again }, words) => ({ topics: selectTopics(words), onlyUnnoticed: again }),
);
installApart('proof/mutants', '@stryker-mutator/instrumenter');

// The mutants stand in a copy of the workbook, and the lab that is asked is the copy's own.
const copy = copyWorkbook('mutants');
process.once('SIGINT', () => {
  copy.remove();
  process.exit(130);
});
const inCopy = (file: string): string => pathToFileURL(path.join(copy.folder, file)).href;
const lab = (await import(inCopy('lab/lab.ts'))) as typeof import('../../lab/lab.ts');
const { checksOf } = (await import(
  inCopy('grader/checks/checks-of-topic.ts')
)) as typeof import('../../grader/checks/checks-of-topic.ts');

let isClean = true;
try {
  for (const topic of topics) isClean = (await tryTopic(topic)) && isClean;
} finally {
  copy.remove();
}
process.exit(isClean ? 0 : 1);

function keysIn(file: string): string[] {
  return readSurvivors(file).flatMap(({ mutants }) => mutants);
}

function writeDraft(file: string, keys: string[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const entries: Survivors[] = [{ reason: '', mutants: [...new Set(keys)] }];
  writeFileSync(file, `${JSON.stringify(entries, null, 2)}\n`);
}

async function tryTopic(topic: Topic): Promise<boolean> {
  const { slug } = topic;
  const list = survivorsFile(slug);
  const listed = keysIn(list);
  const draft = path.join(projectFolder, '.workbook', `mutants-${slug}.json`);
  const unnoticed = [...listed, ...keysIn(draft)];
  const survived: Mutant[] = [];
  const killed = new Set<string>();
  for (const name of filesOf(topic)) {
    const file = path.join('solutions', slug, name);
    const source = readFileSync(path.join(projectFolder, file), 'utf8').replaceAll('\r\n', '\n');
    const { instrumented, mutants } = await makeMutants(name, source);
    writeFileSync(path.join(copy.folder, file), instrumented);
    const chosen = mutants.filter(({ key }) => !onlyUnnoticed || unnoticed.includes(key));
    for await (const { mutant, noticedBy } of tryMutants(topic, file, chosen)) {
      if (noticedBy) {
        killed.add(mutant.key);
        continue;
      }
      survived.push(mutant);
      if (listed.includes(mutant.key)) continue;
      console.log(`not noticed: ${file}:${mutant.line}: ${mutant.key}`);
      // At once: a run that is broken off has not been for nothing.
      writeDraft(draft, [...keysIn(draft), mutant.key]);
    }
    writeFileSync(path.join(copy.folder, file), source);
  }

  const unexplained = survived.filter(({ key }) => !listed.includes(key));
  const stale = listed.filter((key) => !survived.some((mutant) => mutant.key === key));
  console.log(
    `${slug}: ${killed.size + survived.length} mutants, ${killed.size} noticed, ` +
      `${survived.length - unexplained.length} listed, ${unexplained.length} to explain`,
  );
  for (const key of stale) {
    const why = killed.has(key) ? 'listed, but noticed' : 'listed, but no mutant any more';
    console.log(`  ${why}: ${key}`);
  }
  rmSync(draft, { force: true });
  if (unexplained.length > 0) {
    const keys = unexplained.map(({ key }) => key);
    writeDraft(draft, keys);
    console.log(`  To list them in ${inProject(list)}, take them from ${inProject(draft)}.`);
  }
  return unexplained.length === 0 && stale.length === 0;
}

/** Yields each mutant with the check that noticed it, if one did. */
async function* tryMutants(
  topic: Topic,
  file: string,
  mutants: Mutant[],
): AsyncGenerator<{ mutant: Mutant; noticedBy: Check | undefined }> {
  // As a variant, the file stands among neighbors that do not hide its mistakes. What a target takes
  // for somebody's own work may be anywhere but among the references.
  const own = path.join('proof', 'wrong-solutions', topic.slug, 'mutant.ts');
  mkdirSync(path.join(copy.folder, path.dirname(own)), { recursive: true });
  writeFileSync(
    path.join(copy.folder, own),
    `export * from '../../../${file.replaceAll('\\', '/')}';\n`,
  );
  const spec = { kind: 'solution', topic: topic.slug, file: own } as const;
  const options = { wholeServerWithFirstVariants: true };
  const checks = await checksOf(topic.slug, { own: spec, whole: spec }, options);

  const firstFailing = async (bench: Lab): Promise<Check | undefined> => {
    for (const check of checks) {
      if (!(await check.run(bench)).passed) return check;
    }
    return undefined;
  };

  const unchanged = await lab.Lab.open();
  const failing = await firstFailing(unchanged);
  await unchanged.close();
  if (failing) throw new Error(`${file} fails ${failing.id} without any change.`);

  const prepare = async (mutant: Mutant | undefined): Promise<Lab | undefined> => {
    if (!mutant) return undefined;
    const bench = await lab.Lab.open({ environment: { [ACTIVE_MUTANT]: mutant.id } });
    // A start that failed is tried again when the bench is asked.
    await bench.warmUp().catch(() => undefined);
    return bench;
  };
  let next = prepare(mutants[0]);
  for (const [at, mutant] of mutants.entries()) {
    const bench = await next;
    next = prepare(mutants[at + 1]);
    if (!bench) continue;
    const noticedBy = await firstFailing(bench);
    await bench.close();
    // What noticed one mutant is likely to notice the next.
    if (noticedBy) checks.unshift(...checks.splice(checks.indexOf(noticedBy), 1));
    yield { mutant, noticedBy };
  }
}
