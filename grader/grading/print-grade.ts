/** Grading as a person reads it in a terminal. */
import { problemBehind } from '../explain.ts';
import { explanationText } from '../explanation.ts';
import { paint } from '../../shared/paint.ts';
import { visibleLine, visibleText } from '../../shared/visible-text.ts';
import type { GradedTopic, GradeResult } from './grade-result.ts';

export function printTopic(topic: GradedTopic): void {
  const { slug, title, checks } = topic;
  const number = slug.slice(0, 2);
  console.log(`\n${paint('bold', `${number} ${title}`)}`);
  const problem = problemOf(topic);
  if (problem !== undefined) {
    console.log(
      `  ${paint('red', 'DOES NOT RUN')}  none of its ${checks.length} checks could begin:`,
    );
    console.log(indent(visibleText(problem)));
    console.log(indent(`Mend it, and run: npm run grade -- ${number}`));
    return;
  }
  for (const { id: named, state, explanation, mistakes = [] } of checks) {
    const id = visibleLine(named);
    if (state === 'passed') {
      console.log(`  ${paint('green', 'passed')}  ${id}`);
      continue;
    }
    console.log(`  ${paint('red', state === 'failed' ? 'FAILED' : 'NEVER RAN')}  ${id}`);
    if (explanation) console.log(indent(visibleText(explanationText(explanation))));
    if (mistakes.length > 0) {
      console.log(indent(`Same symptom as: ${mistakes.join('\n            or as: ')}`));
    }
  }
}

/** What kept all checks of a topic from running, such as one file that does not load. */
function problemOf({ checks }: GradedTopic): string | undefined {
  const problems = new Set(
    checks.map(({ explanation }) => explanation && problemBehind(explanation)),
  );
  const [only] = problems;
  return problems.size === 1 ? only : undefined;
}

/** The most ids in a line, and lines of them: the page and `--full` have the rest. */
const IDS_IN_A_LINE = 5;
const LINES_OF_IDS = 3;

/** A topic on which nobody has begun: what there is to do, instead of why each check fails. */
export function printUntouched(
  { slug, title, checks, passed }: GradedTopic,
  files: string[],
  onlyTrack: boolean,
): void {
  const number = slug.slice(0, 2);
  const open = checks
    .filter(({ state }) => state !== 'passed')
    .map(({ id }) => visibleLine(id, 60));
  console.log(`\n${paint('bold', `${number} ${title}`)}`);
  console.log(`  ${passed} of ${checks.length} checks pass. Nothing has been written here yet:`);
  for (const file of files) console.log(`    ${file}`);
  const shown = open.slice(0, IDS_IN_A_LINE * LINES_OF_IDS);
  for (let from = 0; from < shown.length; from += IDS_IN_A_LINE) {
    const ids = shown.slice(from, from + IDS_IN_A_LINE).join(', ');
    const isLast = from + IDS_IN_A_LINE >= shown.length;
    const more =
      isLast && open.length > shown.length ? `, and ${open.length - shown.length} more` : '';
    console.log(`  ${from === 0 ? 'Open: ' : '      '}${ids}${more}`);
  }
  console.log(`  Read and attack: npm start, then topic ${number}`);
  const option = onlyTrack ? ' --fast-track' : '';
  console.log(`  Why each of them fails: npm run grade -- ${number}${option} --full`);
}

export function printSummary({ topics, problems, passed, failed }: GradeResult): void {
  console.log('');
  for (const topic of topics) {
    const { slug, title, checks, passed: own } = topic;
    const count = `${own} of ${checks.length}`.padStart(8);
    const style = own === checks.length ? 'green' : 'red';
    const state = problemOf(topic) === undefined ? '' : ': does not run';
    console.log(`${paint(style, count)}  ${slug.slice(0, 2)} ${title}${state}`);
  }
  for (const problem of problems) console.log(paint('red', visibleText(problem)));
  console.log(`\n${passed} passed, ${failed} failed`);
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
