/** Grading as a person reads it in a terminal. */
import { explanationText } from '../explanation.ts';
import { paint } from '../../shared/paint.ts';
import { visibleLine, visibleText } from '../../shared/visible-text.ts';
import type { GradedTopic, GradeResult } from './grade-result.ts';

export function printTopic({ slug, title, checks }: GradedTopic): void {
  console.log(`\n${paint('bold', `${slug.slice(0, 2)} ${title}`)}`);
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

export function printSummary({ topics, problems, passed, failed }: GradeResult): void {
  console.log('');
  for (const { slug, title, checks, passed: own } of topics) {
    const count = `${own} of ${checks.length}`.padStart(8);
    const style = own === checks.length ? 'green' : 'red';
    console.log(`${paint(style, count)}  ${slug.slice(0, 2)} ${title}`);
  }
  for (const problem of problems) console.log(paint('red', visibleText(problem)));
  console.log(`\n${passed} passed, ${failed} failed`);
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
