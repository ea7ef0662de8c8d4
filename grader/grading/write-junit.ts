/** Grading as JUnit XML, the form that continuous integration and autograders read. */
import { escapeMarkup } from '../../shared/escape-markup.ts';
import { explanationText, NEVER_RAN } from '../explanation.ts';
import type { GradedCheck, GradedTopic, GradeResult } from './grade-result.ts';

export function writeJunit(result: GradeResult): string {
  const { topics, problems, passed, failed, seconds } = result;
  const all = passed + failed + problems.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="secure-mcp-workbook" tests="${all}" failures="${failed}" errors="${problems.length}" time="${seconds}">`,
    ...topics.map((topic) => suite(topic, result)),
    ...(problems.length > 0 ? [problemSuite(problems)] : []),
    '</testsuites>\n',
  ].join('\n');
}

function suite({ slug, title, checks, passed }: GradedTopic, { startedAt }: GradeResult): string {
  const failures = checks.length - passed;
  return [
    `  <testsuite name="${escapeMarkup(`${slug.slice(0, 2)} ${title}`)}" timestamp="${startedAt}" tests="${checks.length}" failures="${failures}" errors="0">`,
    ...checks.map((check) => testCase(slug, check)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(slug: string, check: GradedCheck): string {
  const { id, title, state, explanation = NEVER_RAN, mistakes = [] } = check;
  const open = `    <testcase classname="${escapeMarkup(slug)}" name="${escapeMarkup(id)}"`;
  if (state === 'passed') return `${open}/>`;
  const symptoms = mistakes.map((mistake) => `Same symptom as: ${mistake}`);
  const text = [explanationText(explanation), ...symptoms].join('\n');
  return `${open}><failure message="${escapeMarkup(title)}">${escapeMarkup(text)}</failure></testcase>`;
}

function problemSuite(problems: string[]): string {
  return [
    `  <testsuite name="the run itself" tests="${problems.length}" failures="0" errors="${problems.length}">`,
    ...problems.map(
      (problem, index) =>
        `    <testcase classname="run" name="problem ${index + 1}"><error>${escapeMarkup(problem)}</error></testcase>`,
    ),
    '  </testsuite>',
  ].join('\n');
}
