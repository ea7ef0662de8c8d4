/**
 * The few places where a topic is named outside files of its own: its entry in the curriculum, and
 * its control (type, insecure form, file, row).
 */
import { placeholder } from '../placeholder.ts';
import type { ExerciseName } from './exercise-name.ts';
import { SUMMARY } from './lesson-file.ts';

export interface Insertion {
  file: string;
  /** The text goes in front of the first match of `before` that follows `after`. */
  after: string;
  before: string;
  text: string;
}

/** Columns of a comment that begins a section. */
const RULE_WIDTH = 96;

export const insertionsFor = (name: ExerciseName): Insertion[] => {
  const { slug, number, title, control, controlType, insecure, file } = name;
  const heading = ` ${number} ${title.toLowerCase()}`;
  const rule = `// ${'-'.repeat(Math.max(3, RULE_WIDTH - 3 - heading.length))}${heading}`;
  return [
    {
      file: 'catalogue/curriculum.ts',
      after: 'const taught',
      before: '\n];',
      text: `
  {
    slug: '${slug}',
    title: '${title}',
    summary: '${SUMMARY}',
    hints: [
      '${placeholder('Nudge.')}',
      '${placeholder('Say where to look.')}',
      '${placeholder('Nearly give the answer.')}',
    ],
  },`,
    },
    {
      file: 'exercises/weather-server/controls.ts',
      after: '// ---',
      before: `// ${'-'.repeat(79)} all of them`,
      text: `${rule}

/** ${placeholder(`Say what the control of ${slug} decides, and give it its types.`)} */
export type ${controlType} = (input: string) => string;

`,
    },
    {
      file: 'exercises/weather-server/controls.ts',
      after: 'export interface SecurityControls',
      before: '}\n',
      text: `
  ${control}: ${controlType};
`,
    },
    {
      file: 'exercises/weather-server/unguarded.ts',
      after: '// ---',
      before: 'export const unguarded:',
      text: `${rule}

/** ${placeholder(`Make the mistake of ${slug}, and name this for it.`)} */
const ${insecure}: Controls.${controlType} = (input) => input;

`,
    },
    {
      file: 'exercises/weather-server/unguarded.ts',
      after: 'export const unguarded:',
      before: '};',
      text: `  ${control}: ${insecure},
`,
    },
    {
      file: 'lab/controls/files.ts',
      after: 'const fileOf',
      before: '};\n',
      text: `  ${control}: '${slug}/${file}',
`,
    },
    {
      file: 'lab/controls/table.ts',
      after: 'export const controlTable',
      before: '};\n',
      text: `
  ${control}: { gives: text }, // ${placeholder('Say what it must return.')}
`,
    },
  ];
};
