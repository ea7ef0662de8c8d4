/** The curriculum, and the files that each topic consists of. */
import { filesOf, type Topic } from '../../catalogue/curriculum.ts';
import { checksFile } from '../../grader/grading/runner-config.ts';
import { unguarded } from '../../exercises/weather-server/unguarded.ts';
import { controlTable } from '../../lab/controls/table.ts';
import type { Finding } from '../finding.ts';
import { lineWith } from '../lesson.ts';
import { namesIn, type Workbook, type WorkbookRule } from '../workbook.ts';

const CURRICULUM = 'catalogue/curriculum.ts';
const CONTROL_FILES = 'lab/controls/files.ts';
const GATES = 'playground/src/way/gates.ts';
const HINTS = 3;

/** Where each topic has a file or a folder of its own. */
const FOLDERS = [
  'lessons',
  'exercises',
  'solutions',
  'catalogue/attacks',
  'grader/checks',
  'proof/wrong-solutions',
  'proof/right-solutions',
];

/** The second part has numbers of its plan, so that a topic keeps its own while others are to come. */
const numbered: WorkbookRule = {
  holds: 'topics are numbered in their order, those of the first part from 01 without a gap',
  find: ({ topics }) => {
    const lastOfFirstPart = topics.findIndex(({ capstone }) => capstone);
    return topics.flatMap(({ slug }, index) => {
      const least = Number(topics[index - 1]?.slug.slice(0, 2) ?? 0) + 1;
      const number = Number(/^(\d\d)-/.exec(slug)?.[1]);
      if (number === least || (number > least && index > lastOfFirstPart)) return [];
      const wrong = `“${slug}” is topic ${String(least).padStart(2, '0')} by its place.`;
      return about(slug, wrong, 'Number topics in order.');
    });
  },
};

const complete: WorkbookRule = {
  holds: 'folders hold exactly the topics',
  find: (book) =>
    FOLDERS.flatMap((folder): Finding[] => {
      const present = namesIn(book, folder)
        .filter((name) => /^\d\d-/.test(name))
        .map((name) => name.replace(/(?:\.test)?\.(?:ts|md)$/, ''));
      const slugs = book.topics.map(({ slug }) => slug);
      return [
        ...slugs
          .filter((slug) => !present.includes(slug))
          .map((slug) => ({
            file: folder,
            topic: slug,
            wrong: `It has nothing for ${slug}.`,
            mend: 'Write what is missing; CONTRIBUTING.md says what belongs to a topic.',
          })),
        ...present
          .filter((slug) => !slugs.includes(slug))
          .map((slug) => ({
            file: `${folder}/${slug}`,
            wrong: `${CURRICULUM} has no topic ${slug}.`,
            mend: 'Add the topic there, or remove the file.',
          })),
      ];
    }),
};

const sameFiles: WorkbookRule = {
  holds: 'exercise and solution have the files of the curriculum, and no others',
  find: (book) =>
    book.topics.flatMap((topic) =>
      ['exercises', 'solutions'].flatMap((folder): Finding[] => {
        const named = filesOf(topic);
        const present = namesIn(book, `${folder}/${topic.slug}`);
        const place = (name: string): string => `${folder}/${topic.slug}/${name}`;
        return [
          ...named
            .filter((name) => !present.includes(name))
            .map((name) => ({
              file: place(name),
              wrong: `It is missing; ${CONTROL_FILES} names it.`,
              mend: 'Write it, or mend the name there.',
            })),
          ...present
            .filter((name) => !named.includes(name))
            .map((name) => ({
              file: place(name),
              wrong: `${CONTROL_FILES} names no such file.`,
              mend: 'Name a control there that it holds, or remove it.',
            })),
        ];
      }),
    ),
};

const eachControlOnce: WorkbookRule = {
  holds: 'every control belongs to one topic, and is asked by the server or by the lab',
  find: ({ topics, files }) => {
    const asking = [...files].filter(
      ([file]) =>
        /^(?:exercises\/weather-server|lab(?:\/[\w-]+)?)\/[\w-]+\.ts$/.test(file) &&
        !/\/(?:controls|unguarded|files|table|milder-neighbours)\.ts$|\.test\.ts$/.test(file),
    );
    return Object.keys(unguarded).flatMap((control): Finding[] => {
      const owners = topics.filter(({ controls }) => control in controls);
      const [owner] = owners;
      if (!owner || owners.length > 1) {
        const named = owners.map(({ slug }) => slug).join(' and ') || 'no topic';
        const wrong = `The control ${control} belongs to ${named}.`;
        return about(
          owner?.slug,
          wrong,
          `Name it in ${CONTROL_FILES}, in a folder of the curriculum.`,
        );
      }
      if (asking.some(([, text]) => new RegExp(`\\b${control}\\b`).test(text))) return [];
      return [
        {
          file: 'exercises/weather-server/controls.ts',
          line: lineWith(files.get('exercises/weather-server/controls.ts'), `  ${control}:`),
          topic: owner.slug,
          wrong: `Nothing asks the control ${control}, so that no attack can reach it.`,
          mend: `Call it where the decision is made: controls.${control}(…) in server.ts, tools.ts or tool-calls.ts.`,
        },
      ];
    });
  },
};

const atAGate: WorkbookRule = {
  holds: 'every control whose refusals are on the tape stands at a gate of the picture',
  find: ({ files }) =>
    Object.entries(controlTable)
      .filter(([, { refuses }]) => refuses)
      .map(([control]) => control)
      .filter((control) => !new RegExp(`\\b${control}\\b`).test(files.get(GATES) ?? ''))
      .map((control) => ({
        file: GATES,
        wrong: `It has no gate for the control ${control}.`,
        mend: 'Name the gate in gateByName, so that the picture shows where it refuses.',
      })),
};

const described: WorkbookRule = {
  holds: 'every topic has a title, a summary and three hints',
  find: ({ topics }) =>
    topics.flatMap(({ slug, title, summary, hints }: Topic) => [
      ...(title.trim() === '' ? about(slug, 'It has no title.', 'Write one.') : []),
      ...(/[.!?]$/.test(summary)
        ? []
        : about(slug, `The summary of ${slug} is no sentence.`, 'End it with a full stop.')),
      ...(hints.length === HINTS && hints.every((hint) => hint.trim() !== '')
        ? []
        : about(
            slug,
            `${slug} has ${hints.filter((hint) => hint.trim() !== '').length} hints.`,
            `Write ${HINTS}, from a nudge to nearly the answer.`,
          )),
    ]),
};

const graded: WorkbookRule = {
  holds: 'every topic has its checks file',
  find: ({ topics, files }) =>
    topics.flatMap(({ slug }): Finding[] => {
      const file = checksFile(slug);
      const text = files.get(file);
      if (text === undefined || text.includes(`checkTopic('${slug}')`)) return [];
      return [{ file, wrong: `It does not check ${slug}.`, mend: `Call checkTopic('${slug}').` }];
    }),
};

const about = (topic: string | undefined, wrong: string, mend: string): Finding[] => [
  { file: CURRICULUM, ...(topic !== undefined && { topic }), wrong, mend },
];

const loadable: WorkbookRule = {
  holds: 'every catalogue and every wrong or right solution can be loaded',
  find: ({ broken }: Workbook) => [...broken],
};

export const topicRules = [
  loadable,
  numbered,
  complete,
  sameFiles,
  eachControlOnce,
  atAGate,
  described,
  graded,
];
