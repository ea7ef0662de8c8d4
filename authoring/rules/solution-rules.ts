/** Wrong and right solutions, which prove the checks, and what grading knows of them. */
import { checksOfServerAlone } from '../../catalogue/load-catalogue.ts';
import type { KnownMistake } from '../../grader/grading/known-mistakes.ts';
import { catchersAlone } from '../tables/solutions-table.ts';
import type { Finding } from '../finding.ts';
import { lineWith } from '../lesson.ts';
import type { Solution } from '../../proof/solutions.ts';
import { namesIn, readJson, type Workbook, type WorkbookRule } from '../workbook.ts';

const LEAST = { wrong: 4, right: 3 } as const;
const KNOWN = 'grader/grading/known-mistakes';
const EXCUSES = 'proof/wrong-solutions/never-alone.json';

const ofKind = ({ solutions }: Workbook, slug: string, kind: Solution['kind']) =>
  solutions.filter((solution) => solution.topic === slug && solution.kind === kind);

/** Of its `caughtBy`; in a list, of its entry. */
const lineOf = ({ file, name }: Solution, files: Workbook['files']): number | undefined =>
  lineWith(files.get(file), `name: '${name}'`) ?? lineWith(files.get(file), 'caughtBy');

const namesOf = ({ exports: { caughtBy } }: Solution): string[] =>
  Array.isArray(caughtBy) ? caughtBy.map(String) : [];

const enough: WorkbookRule = {
  holds: `every topic has ${LEAST.wrong} wrong and ${LEAST.right} right solutions at least`,
  find: (book) =>
    book.topics.flatMap(({ slug }) =>
      (['wrong', 'right'] as const).flatMap((kind): Finding[] => {
        const count = ofKind(book, slug, kind).length;
        if (count >= LEAST[kind]) return [];
        return [
          {
            file: `proof/${kind}-solutions/${slug}`,
            wrong: `It holds ${count}; a topic has ${LEAST[kind]} ${kind} solutions at least.`,
            mend: `Write ${LEAST[kind] - count} more.`,
          },
        ];
      }),
    ),
};

const introduced: WorkbookRule = {
  holds: 'every wrong or right solution exports a control, and says what it is in a sentence',
  find: ({ solutions, topics, files }) =>
    solutions.flatMap((solution): Finding[] => {
      const { file, topic: slug, kind, exports } = solution;
      const line = lineOf(solution, files);
      const member = kind === 'wrong' ? 'mistake' : 'idea';
      const said = exports[member];
      const controls = Object.keys(topics.find((topic) => topic.slug === slug)?.controls ?? {});
      return [
        ...(typeof said === 'string' && said.endsWith('.')
          ? []
          : [
              {
                file,
                line,
                wrong: `It does not export \`${member}\`, one sentence with its full stop.`,
                mend: `Write export const ${member} = '….';`,
              },
            ]),
        ...(controls.some((control) => control in exports)
          ? []
          : [
              {
                file,
                line,
                wrong: 'It exports no control of its topic.',
                mend: `Export one or more of ${controls.join(', ')}.`,
              },
            ]),
      ];
    }),
};

const caught: WorkbookRule = {
  holds: 'every wrong solution names checks that there are',
  find: (book) =>
    book.solutions
      .filter(({ kind }) => kind === 'wrong')
      .flatMap((solution): Finding[] => {
        const { file, topic } = solution;
        const checks = book.checks.get(topic);
        const line = lineOf(solution, book.files);
        const named = namesOf(solution);
        if (named.length === 0) {
          const wrong = 'Its `caughtBy` names no check.';
          return [{ file, line, wrong, mend: `npm run try -- ${file} says which it fails.` }];
        }
        return named
          .filter((id) => checks && !checks.includes(id))
          .map((id) => ({
            file,
            line,
            wrong: `Its \`caughtBy\` names ${id}, which is no core attack or ordinary use of ${topic}.`,
            mend: `npm run try -- ${file} says which checks it fails.`,
          }));
      }),
};

const alone: WorkbookRule = {
  holds: 'each check alone catches a wrong solution, or never-alone.json says why none can',
  find: (book) => {
    const excuses = readJson<Record<string, string>>(book, EXCUSES, {});
    const all = [...book.checks].flatMap(([slug, checks]) => {
      const lonely = catchersAlone(ofKind(book, slug, 'wrong').map(namesOf));
      const unreachable = checksOfServerAlone(slug);
      return checks
        .filter((id) => !unreachable.includes(id))
        .map((id) => ({ slug, id, isAlone: lonely.has(id) }));
    });
    const needless = Object.keys(excuses).filter(
      (id) => !all.some((check) => check.id === id && !check.isAlone),
    );
    return [
      ...all
        .filter(({ id, isAlone }) => !isAlone && !(id in excuses))
        .map(({ slug, id }) => ({
          file: `proof/wrong-solutions/${slug}`,
          wrong: `No wrong solution is caught by ${id} alone.`,
          mend: `Write one, or say in ${EXCUSES} why none can be.`,
        })),
      ...needless.map((id) => ({
        file: EXCUSES,
        line: lineWith(book.files.get(EXCUSES), `"${id}"`),
        topic: all.find((check) => check.id === id)?.slug ?? id.replace(/^whole-/, ''),
        wrong: `It excuses ${id}, which ${all.some((check) => check.id === id) ? 'alone catches a wrong solution' : 'is no check'}.`,
        mend: 'Remove the line.',
      })),
      ...Object.entries(excuses)
        .filter(([, reason]) => !/^[A-Z].+\.$/.test(reason))
        .map(([id]) => ({
          file: EXCUSES,
          line: lineWith(book.files.get(EXCUSES), `"${id}"`),
          wrong: `The reason for ${id} is no sentence.`,
          mend: 'Say why no plausible mistake is caught by it alone.',
        })),
    ];
  },
};

const recorded: WorkbookRule = {
  holds: 'grading knows every wrong solution by how it fails',
  find: (book) => {
    const recorded = namesIn(book, KNOWN).map((name) => name.replace(/\.json$/, ''));
    const slugs = new Set([...book.topics.map(({ slug }) => slug), ...recorded]);
    return [...slugs].flatMap((slug): Finding[] => {
      const file = `${KNOWN}/${slug}.json`;
      const listed = new Map(
        readJson<KnownMistake[]>(book, file, []).map((one) => [one.name, one]),
      );
      const written = ofKind(book, slug, 'wrong');
      const outdated = written.filter((solution) => {
        const one = listed.get(solution.name);
        const same = (a: string[], b: string[]) => String(a.sort()) === String(b.sort());
        return (
          one?.mistake !== solution.exports.mistake ||
          !same(Object.keys(one?.fails ?? {}), namesOf(solution))
        );
      });
      const names = new Set(written.map(({ name }) => name));
      const gone = [...listed.keys()].filter((name) => !names.has(name));
      const different = [...outdated.map(({ name }) => name), ...gone];
      if (different.length === 0) return [];
      const [one = '', ...more] = different;
      return [
        {
          file,
          topic: slug,
          wrong: `It does not have ${one}${more.length > 0 ? ` and ${more.length} more` : ''} as written.`,
          mend: `npm run record-mistakes -- ${slug.slice(0, 2)}`,
        },
      ];
    });
  },
};

export const solutionRules = [enough, introduced, caught, alone, recorded];
