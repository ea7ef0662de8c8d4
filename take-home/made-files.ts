/** Files of a project that are made from the curriculum and from what a learner has solved. */
import type { Topic } from '../catalogue/curriculum.ts';
import type { OpenTopic } from './open-topics.ts';

/** `src/controls.ts`: where each control is. Written as it would be in the workbook. */
export function writeControls(topics: readonly Topic[], from: 'exercises' | 'solutions'): string {
  const entries = topics.flatMap(({ slug, controls }) =>
    Object.entries(controls).map(([name, file]) => ({ name, file: `${slug}/${file}` })),
  );
  const files = [...new Set(entries.map(({ file }) => file))];
  const namesIn = (wanted: string): string =>
    entries.flatMap(({ name, file }) => (file === wanted ? [name] : [])).join(', ');
  return [
    '/** The controls of this server: a function for each decision about security, a folder a topic. */',
    "import type { SecurityControls } from '../../../exercises/weather-server/controls.ts';",
    ...files.map((file) => `import { ${namesIn(file)} } from '../../../${from}/${file}';`),
    '',
    'export const controls: SecurityControls = {',
    ...entries.map(({ name }) => `  ${name},`),
    '};',
    '',
  ].join('\n');
}

/** `src/unsolved.ts`. */
export const writeUnsolved = (open: readonly OpenTopic[]): string =>
  [
    '/**',
    ' * Topics that were not solved when this project was written. While one is listed, the server does',
    ' * not start in production. Take a line away when the tests of its topic pass.',
    ' */',
    'export const unsolved: readonly string[] = [',
    ...open.map(({ topic }) => `  ${JSON.stringify(nameOf(topic))},`),
    '];',
    '',
  ].join('\n');

/** The tests of a topic, likewise. */
export const writeTopicTest = (slug: string): string =>
  [
    `import { catalogue } from '../../../../catalogue/attacks/${slug}/attacks.ts';`,
    "import { checkTopic } from '../../attacks/check-topic.ts';",
    '',
    `checkTopic('${slug}', catalogue);`,
    '',
  ].join('\n');

/** @param template the README, with a line for each of what is filled in */
export const writeReadme = (
  template: string,
  topics: readonly Topic[],
  open: readonly OpenTopic[],
): string =>
  template
    .replace('{{unsolved}}', () => aboutOpen(open))
    .replace('{{topics}}', () =>
      topics.map((topic) => `- \`src/${topic.slug}/\`: ${topic.summary}`).join('\n'),
    );

function aboutOpen(open: readonly OpenTopic[]): string {
  if (open.length === 0) return 'When this was written, every topic of the workbook was solved.';
  const list = open.map(
    ({ topic, why }) => `- **${nameOf(topic)}** (${why}): \`src/${topic.slug}/\``,
  );
  return [
    '> **This server is not secure yet.** These topics were not solved when it was written, and it does not start in production while `src/unsolved.ts` lists one:',
    '',
    ...list,
    '',
    'Their tests fail until they are solved. When those of a topic pass, take its line out of `src/unsolved.ts`.',
  ].join('\n');
}

export const nameOf = ({ slug, title }: Topic): string => `${slug.slice(0, 2)} ${title}`;
