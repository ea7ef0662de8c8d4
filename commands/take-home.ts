/**
 * `npm run take-home -- FOLDER [--solutions]`: the learner's own server as a project of its own, with
 * its tests. Exit code: 0; 1 if it could not be written; 2 if the command was not understood.
 */
import path from 'node:path';
import { ProgressJournal } from '../grader/progress/progress-journal.ts';
import { readCommandLine } from '../shared/command-line.ts';
import { layDown } from '../take-home/lay-down.ts';
import { nameOf } from '../take-home/made-files.ts';
import { NODE_VERSION } from '../take-home/manifest.ts';
import { openTopics } from '../take-home/open-topics.ts';
import { planProject } from '../take-home/plan-project.ts';

const { folder, from } = readCommandLine(
  `Usage: npm run take-home -- folder [--solutions]
  folder        where the project comes to lie: outside of the workbook, and not there yet
  --solutions   with the reference's controls instead of yours, for trying`,
  { solutions: { type: 'boolean', default: false } },
  ({ solutions }, [folder, ...more]) => {
    if (!folder || more.length > 0) throw new Error('Name one folder.');
    // Where it was typed, and not where npm runs it.
    const here = process.env['INIT_CWD'] ?? process.cwd();
    return {
      folder: path.resolve(here, folder),
      from: solutions ? 'solutions' : 'exercises',
    } as const;
  },
);

const open = from === 'solutions' ? [] : openTopics(new ProgressJournal().read());
const files = await planProject(from, open);
layDown(folder, files);
console.log(`Written: ${folder}, ${files.size} files. It needs Node ${NODE_VERSION} or newer.

  cd ${folder}
  npm install
  npm start          # http://127.0.0.1:3001/mcp
  npm test           # the attacks of the workbook, at this server`);
if (open.length > 0) {
  console.log('\nNot solved, so that it does not start in production:');
  for (const { topic, why } of open) console.log(`  ${nameOf(topic)} (${why})`);
}
