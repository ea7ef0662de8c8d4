/** What the learner gets, and the reference: each has every control, and says what it should. */
import type { Topic } from '../../catalogue/curriculum.ts';
import type { Finding } from '../finding.ts';
import { lineWith } from '../lesson.ts';
import { MARKER } from '../placeholder.ts';
import { readJson, type Workbook, type WorkbookRule } from '../workbook.ts';

const SHIPPED = 'catalogue/shipped-stubs.json';
const SHIP = 'Once it is as learners should get it: npm run ship-stubs';

interface ControlFile {
  topic: Topic;
  file: string;
  text: string;
  controls: string[];
}

const controlFiles = ({ topics, files }: Workbook, folder: string): ControlFile[] =>
  topics.flatMap((topic) =>
    [...new Set(Object.values(topic.controls))].flatMap((name) => {
      const file = `${folder}/${topic.slug}/${name}`;
      const text = files.get(file);
      const controls = Object.keys(topic.controls).filter(
        (control) => topic.controls[control as keyof Topic['controls']] === name,
      );
      return text === undefined ? [] : [{ topic, file, text, controls }];
    }),
  );

/** A stub that differs from how it was shipped is a learner's work, and nobody's defect. */
const isAsShipped = (book: Workbook, { file, text }: ControlFile): boolean => {
  const shipped = readJson<Record<string, string>>(book, SHIPPED, {})[file];
  return shipped === undefined || shipped === text;
};

const stubs = (book: Workbook): ControlFile[] =>
  controlFiles(book, 'exercises').filter((file) => isAsShipped(book, file));

const exported: WorkbookRule = {
  holds: 'stubs and solutions export every control',
  find: (book) =>
    [...controlFiles(book, 'solutions'), ...stubs(book)].flatMap(({ file, text, controls }) =>
      controls
        .filter((name) => !exportOf(name).test(text))
        .map((name) => ({
          file,
          wrong: `It does not export ${name}.`,
          mend: `Write export const ${name} = …, or name its file in catalogue/curriculum.ts.`,
        })),
    ),
};

const exportOf = (name: string): RegExp =>
  new RegExp(`^export\\s+(?:async\\s+)?(?:const|let|function)\\s+${name}\\b`, 'm');

const finished: WorkbookRule = {
  holds: 'solutions have no TODO',
  find: (book) =>
    controlFiles(book, 'solutions').flatMap(({ file, text }) => {
      const without = text.replaceAll(MARKER, '');
      if (!without.includes('TODO')) return [];
      return [
        {
          file,
          line: lineWith(without, 'TODO'),
          wrong: 'The reference has a TODO.',
          mend: 'Do it, and remove the line.',
        },
      ];
    }),
};

const asking: WorkbookRule = {
  holds: 'every stub says what to do',
  find: (book) =>
    stubs(book).flatMap(({ topic, file, text }) => {
      const mark = `TODO ${topic.slug.slice(0, 2)}:`;
      if (text.includes(mark)) return [];
      return [
        {
          file,
          wrong: `It does not say what to do.`,
          mend: `Write // ${mark} and the rule to enforce above each export.`,
        },
      ];
    }),
};

const shipped: WorkbookRule = {
  holds: 'stubs are recorded as they are shipped',
  find: (book) => {
    const record = readJson<Record<string, string>>(book, SHIPPED, {});
    const present = controlFiles(book, 'exercises');
    const names = new Set(present.map(({ file }) => file));
    return [
      ...present.flatMap(({ file, text }): Finding[] => {
        if (!(file in record)) return [{ file, wrong: 'It has never been shipped.', mend: SHIP }];
        if (record[file] === text) return [];
        const wrong = 'It is not as it was shipped, which is how learners work.';
        return [
          { file, wrong, mend: `If you changed the stub itself: npm run ship-stubs`, isNote: true },
        ];
      }),
      ...Object.keys(record)
        .filter((file) => !names.has(file))
        .map((file) => ({
          file: SHIPPED,
          wrong: `It has ${file}, which is not there.`,
          mend: 'Bring it back (npm run reset), or npm run ship-stubs without it.',
        })),
    ];
  },
};

export const stubRules = [exported, finished, asking, shipped];
