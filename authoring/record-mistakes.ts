/**
 * `npm run record-mistakes [-- topic …]`: runs the wrong solutions and records how each fails its
 * checks, so that grading can name the mistake. Run it after adding or changing one.
 */
import { writeFileSync } from 'node:fs';
import {
  howItFails,
  knownMistakesFile,
  type KnownMistake,
} from '../grader/grading/known-mistakes.ts';
import { LabPool } from '../lab/pool.ts';
import { runTopic } from '../grader/run-topic.ts';
import { listSolutions, targetOf, type Solution } from '../proof/solutions.ts';
import { readTopics } from '../commands/read-topics.ts';

const topics = readTopics('record-mistakes');
const pool = new LabPool();
for (const { slug } of topics) {
  const own = await listSolutions('wrong', slug);
  const recorded = await Promise.all(own.map(record));
  writeFileSync(knownMistakesFile(slug), `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(`${String(own.length).padStart(4)} mistakes  ${slug}`);
}
await pool.close();

async function record(solution: Solution): Promise<KnownMistake> {
  const results = await pool.run((lab) => runTopic(solution.topic, targetOf(solution), lab));
  const { name, exports } = solution;
  return { name, mistake: String(exports.mistake), fails: howItFails(results) };
}
