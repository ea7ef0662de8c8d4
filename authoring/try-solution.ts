/**
 * `npm run try -- FILE[#NAME] …`: which checks of its topic a wrong or right solution fails, and why.
 * Of a list of mistakes it tries all, or the one that is named.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { partEndedBy } from '../catalogue/curriculum.ts';
import { Lab } from '../lab/lab.ts';
import { runTopic } from '../grader/run-topic.ts';
import { inProject } from '../shared/project-path.ts';
import { readCommandLine } from '../shared/command-line.ts';
import { solutionsIn, targetOf } from '../proof/solutions.ts';

const files = readCommandLine(
  `Usage: npm run try -- FILE[#NAME] …
  FILE    such as proof/wrong-solutions/05-access-tokens/mistakes-verify-access-token.ts
  #NAME   one mistake of a list; without it, all of them`,
  {},
  (_options, words) => {
    if (words.length === 0) throw new Error('Name a file with a solution.');
    const absent = words.find((word) => !existsSync(word.split('#')[0] ?? ''));
    if (absent !== undefined) throw new Error(`There is no file ${absent.split('#')[0]}.`);
    return words;
  },
);
const lab = await Lab.open();
for (const word of files) {
  const [file = '', wanted] = word.split('#');
  const topic = path.basename(path.dirname(path.resolve(file)));
  const place = { topic, kind: 'wrong', file: inProject(path.resolve(file)) } as const;
  const solutions = (await solutionsIn(place)).filter(({ name }) => (wanted ?? name) === name);
  if (solutions.length === 0) console.error(`${file} lists no ${wanted}.`);
  for (const solution of solutions) {
    const results = await runTopic(topic, targetOf(solution), lab);
    const failed = [...results].flatMap(([id, failure]) => (failure ? [{ id, failure }] : []));
    const shown = file.endsWith(`/${solution.name}.ts`) ? file : `${file}#${solution.name}`;
    console.log(`${shown}: fails ${failed.length} of ${results.size}`);
    for (const { id, failure } of failed) {
      console.log(`  ${id.padEnd(34)}${failure.reason.split('\n')[0]}`);
    }
  }
  if (partEndedBy(topic)?.capstone.capstone === 'server') {
    console.log('  Of the attacks of other topics, one payload each was fired; grading fires all.');
  }
}
await lab.close();
