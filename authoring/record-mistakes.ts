/**
 * `npm run record-mistakes [-- topic … --new]`: runs the wrong solutions and records how each fails
 * its checks, so that grading can name the mistake. Run it after adding or changing one. With `--new`
 * only those run that are not recorded yet; what is recorded of the others stays as it is.
 */
import { writeFileSync } from 'node:fs';
import {
  howItFails,
  knownMistakesFile,
  readKnownMistakes,
  type KnownMistake,
} from '../grader/grading/known-mistakes.ts';
import { LabPool } from '../lab/pool.ts';
import { runTopic } from '../grader/run-topic.ts';
import { listSolutions, targetOf, type Solution } from '../proof/solutions.ts';
import { selectTopics } from '../catalogue/curriculum.ts';
import { readCommandLine } from '../shared/command-line.ts';

const { topics, onlyNew } = readCommandLine(
  `Usage: npm run record-mistakes -- [topic …] [--new]
  topic   a number or a name: 10, rate-limits, 10-rate-limits; none means all
  --new   only those that are not recorded yet`,
  { new: { type: 'boolean' } },
  (options, words) => ({ topics: selectTopics(words), onlyNew: options.new ?? false }),
);
const pool = new LabPool();
for (const { slug } of topics) {
  const own = await listSolutions('wrong', slug);
  const known = onlyNew ? readKnownMistakes(slug) : [];
  const recorded = await Promise.all(
    own.map(
      async (solution) => known.find(({ name }) => name === solution.name) ?? record(solution),
    ),
  );
  writeFileSync(knownMistakesFile(slug), `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(`${String(own.length).padStart(4)} mistakes  ${slug}`);
}
await pool.close();

async function record(solution: Solution): Promise<KnownMistake> {
  const results = await pool.run((lab) => runTopic(solution.topic, targetOf(solution), lab));
  const { name, exports } = solution;
  return { name, mistake: String(exports.mistake), fails: howItFails(results) };
}
