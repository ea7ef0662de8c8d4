/**
 * `npm run record-mistakes [-- topic …]`: runs the wrong solutions and records how each fails its
 * checks, so that grading can name the mistake. Run it after adding or changing one.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { curriculum } from '../catalogue/curriculum.ts';
import {
  howItFails,
  knownMistakesFile,
  readKnownMistakes,
} from '../grader/grading/known-mistakes.ts';
import type { KnownMistake, KnownMistakes } from '../grader/grading/known-mistakes.ts';
import { LabPool } from '../lab/pool.ts';
import { runTopic } from '../grader/run-topic.ts';
import { projectFolder } from '../shared/project-path.ts';
import { listSolutions, type Solution, type WrongSolution } from '../proof/solutions.ts';
import { readTopics } from '../commands/read-topics.ts';

const topics = readTopics('record-mistakes');
const pool = new LabPool();
const known = readKnownMistakes();
for (const { slug } of topics) {
  const own = listSolutions('wrong').filter(({ topic }) => topic === slug);
  known[slug] = await Promise.all(own.map(record));
  const inOrder = curriculum.flatMap((topic): [string, KnownMistake[]][] => {
    const mistakes = known[topic.slug];
    return mistakes ? [[topic.slug, mistakes]] : [];
  });
  const whole: KnownMistakes = Object.fromEntries(inOrder);
  writeFileSync(knownMistakesFile, `${JSON.stringify(whole, null, 2)}\n`);
  console.log(`${String(own.length).padStart(4)} mistakes  ${slug}`);
}
await pool.close();

async function record({ topic, name, file }: Solution): Promise<KnownMistake> {
  const url = pathToFileURL(path.join(projectFolder, file)).href;
  const { mistake } = (await import(url)) as WrongSolution;
  const results = await pool.run((lab) => runTopic(topic, { kind: 'solution', topic, file }, lab));
  return { name, mistake, fails: howItFails(results) };
}
