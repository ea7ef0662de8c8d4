/**
 * Prints grading as it happens. Whether all is well is decided from the checks that were expected
 * and passed, never from the runner's own word: a runner that lost its worker reports success for
 * checks that never ran.
 */
import { styleText } from 'node:util';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import type { Topic } from '../curriculum.ts';

type Style = Parameters<typeof styleText>[0];

export class GradeReporter implements Reporter {
  readonly #topics: Topic[];
  readonly #expected: string[];
  readonly #results = new Map<string, 'passed' | 'failed'>();
  readonly #problems: string[] = [];
  #shown = '';

  constructor(topics: Topic[], expected: string[]) {
    this.#topics = topics;
    this.#expected = expected;
  }

  onTestCaseResult(test: TestCase): void {
    const slug = test.parent.type === 'suite' ? test.parent.name : '';
    const { state, errors } = test.result();
    const passed = state === 'passed';
    this.#results.set(`${slug}/${test.name}`, passed ? 'passed' : 'failed');
    this.#showTopic(slug);
    console.log(
      passed
        ? `  ${paint('green', 'passed')}  ${test.name}`
        : `  ${paint('red', 'FAILED')}  ${test.name}`,
    );
    for (const { message } of errors ?? []) console.log(indent(message));
  }

  onTestModuleEnd(module: TestModule): void {
    for (const error of module.errors()) this.#problems.push(error.message);
  }

  onTestRunEnd(_modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    for (const error of errors) this.#problems.push(error.stack ?? error.message);
  }

  /** Prints the summary; true if every expected check passed and nothing else went wrong. */
  finish(): boolean {
    const passedIn = (slug: string): [number, number] => {
      const expected = this.#expected.filter((id) => id.startsWith(`${slug}/`));
      return [expected.filter((id) => this.#results.get(id) === 'passed').length, expected.length];
    };
    console.log('');
    for (const { slug, title } of this.#topics) {
      const [passed, all] = passedIn(slug);
      const count = `${passed} of ${all}`.padStart(8);
      console.log(
        `${paint(passed === all ? 'green' : 'red', count)}  ${slug.slice(0, 2)} ${title}`,
      );
    }
    const missing = this.#expected.filter((id) => !this.#results.has(id));
    for (const id of missing) console.log(`${paint('red', 'never ran')}  ${id}`);
    for (const problem of this.#problems) console.log(paint('red', problem));
    const passed = this.#expected.filter((id) => this.#results.get(id) === 'passed').length;
    const failed = this.#expected.length - passed;
    console.log(`\n${passed} passed, ${failed} failed`);
    return failed === 0 && this.#problems.length === 0;
  }

  #showTopic(slug: string): void {
    if (slug === this.#shown) return;
    this.#shown = slug;
    const title = this.#topics.find((topic) => topic.slug === slug)?.title ?? '';
    console.log(`\n${paint('bold', `${slug.slice(0, 2)} ${title}`)}`);
  }
}

/** Colour, where the terminal wants it. */
function paint(style: Style, text: string): string {
  const wanted = process.stdout.isTTY && !process.env.NO_COLOR;
  return wanted ? styleText(style, text) : text;
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
