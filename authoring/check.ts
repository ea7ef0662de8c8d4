/**
 * `npm run check [-- topics]`: what does not hold together, in seconds; nothing is started and nothing
 * is fired. Exit code: 0 if nothing was found, 1 if something was, 2 if the command was not understood.
 */
import { readTopics } from '../commands/read-topics.ts';
import { curriculum, type Topic } from '../catalogue/curriculum.ts';
import { paint } from '../shared/paint.ts';
import { allRules, findAll } from './all-rules.ts';
import { topicOf, type Finding } from './finding.ts';
import { readWorkbook } from './workbook.ts';

const topics = readTopics('check');
const found = (await findAll(await readWorkbook())).filter(isAsked);
const files = new Set(found.map(({ file }) => file));
for (const file of files) {
  console.log(paint('bold', file));
  for (const finding of found) if (finding.file === file) console.log(lineOf(finding));
  console.log('');
}

const wrong = found.filter(({ isNote }) => !isNote);
const inFiles = new Set(wrong.map(({ file }) => file)).size;
const seconds = (performance.now() / 1000).toFixed(1);
console.log(
  wrong.length === 0
    ? `Everything holds together: ${allRules.length} rules (${seconds} s). npm test tries what takes servers.`
    : `${wrong.length} found in ${inFiles} ${inFiles === 1 ? 'place' : 'places'} (${seconds} s)`,
);
process.exit(wrong.length === 0 ? 0 : 1);

/** What is about no topic, or about one that the curriculum does not have, is about all. */
function isAsked(finding: Finding): boolean {
  const topic = topicOf(finding);
  const isAbout = ({ slug }: Topic): boolean => slug === topic;
  return topics.some(isAbout) || !curriculum.some(isAbout);
}

function lineOf({ line, wrong, mend, isNote }: Finding): string {
  const place = line === undefined ? '' : `line ${line}: `;
  return `  ${paint('yellow', isNote ? 'note' : 'mend')}  ${place}${wrong} ${mend}`;
}
