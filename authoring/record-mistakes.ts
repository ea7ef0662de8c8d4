/**
 * `npm run record-mistakes [-- topic …]`: runs the wrong solutions and records how each fails its
 * checks, so that grading can name the mistake. Run it after adding or changing one.
 */
import { writeFileSync } from 'node:fs';
import { curriculum } from '../catalogue/curriculum.ts';
import {
  howItFails,
  knownMistakesFile,
  readKnownMistakes,
} from '../grader/grading/known-mistakes.ts';
import type { KnownMistake, KnownMistakes } from '../grader/grading/known-mistakes.ts';
import { LabPool } from '../lab/pool.ts';
import { runTopic } from '../grader/run-topic.ts';
import { listSolutions, targetOf, type Solution } from '../proof/solutions.ts';
import { readTopics } from '../commands/read-topics.ts';

const topics = readTopics('record-mistakes');
const pool = new LabPool();
const known = readKnownMistakes();
for (const { slug } of topics) {
  const own = await listSolutions('wrong', slug);
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

async function record(solution: Solution): Promise<KnownMistake> {
  const results = await pool.run((lab) => runTopic(solution.topic, targetOf(solution), lab));
  const { name, exports } = solution;
  return { name, mistake: String(exports.mistake), fails: howItFails(results) };
}
