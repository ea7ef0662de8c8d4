/** Lessons: they can be read, have what every lesson has, and lead nowhere in vain. */
import { readPlace } from '../../playground/src/place.ts';
import { asSentence, type Finding } from '../finding.ts';
import { brokenLessons, lessonsOf, lineWith, type Lesson } from '../lesson.ts';
import type { Workbook, WorkbookRule } from '../workbook.ts';

const HEADINGS = [
  'What goes wrong',
  'What to try',
  'What changed since the course module',
  'Sources',
  'The reference',
];
const LEAST_MINUTES = 5;
const MOST_MINUTES = 8;
/** In minutes of reading, and the topics that it leads through: three fixes and the audit line. */
const FAST_TRACK = { least: 8, most: 16, through: ['05', '08', '10', '12'] };

/** Findings of a rule about each lesson by itself. */
const inLessons =
  (find: (lesson: Lesson, book: Workbook) => Omit<Finding, 'file'>[]): WorkbookRule['find'] =>
  async (book) =>
    (await lessonsOf(book)).flatMap((lesson) =>
      find(lesson, book).map((finding) => ({ file: lesson.file, ...finding })),
    );

const readable: WorkbookRule = {
  holds: 'the head of every lesson is right, and the code that it shows is there',
  find: async (book) =>
    (await brokenLessons(book)).map(({ file, problem }) => ({
      file,
      wrong: asSentence(problem.replace(`${file}: `, '').replaceAll(/\s*\n\s*/g, ' ')),
      mend: 'Mend it: until then the page cannot be built.',
    })),
};

const headed: WorkbookRule = {
  holds: 'every lesson has the headings that all have',
  find: inLessons(({ outline }) =>
    HEADINGS.filter(
      (title) =>
        !outline.sections.some((section) => section.title === title && section.depth === 2),
    ).map((title) => ({
      wrong: `The heading “${title}” is missing.`,
      mend: `Write a section ## ${title}, as every lesson has one.`,
    })),
  ),
};

const titled: WorkbookRule = {
  holds: 'title and summary of a lesson are those of the curriculum',
  find: inLessons(({ head, slug, text }, { topics }) => {
    const topic = topics.find((topic) => topic.slug === slug);
    return (['title', 'summary'] as const)
      .filter((member) => head[member] !== topic?.[member])
      .map((member) => ({
        line: lineWith(text, `${member}:`),
        wrong: `Its ${member} is not that of catalogue/curriculum.ts: “${topic?.[member]}”`,
        mend: 'Make the two the same.',
      }));
  }),
};

const short: WorkbookRule = {
  holds: `every lesson takes ${LEAST_MINUTES} to ${MOST_MINUTES} minutes to read`,
  find: inLessons(({ outline: { minutes } }) => {
    if (minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES) return [];
    return [
      {
        wrong: `To read it takes ${minutes} min; lessons take ${LEAST_MINUTES} to ${MOST_MINUTES}.`,
        mend:
          minutes > MOST_MINUTES
            ? 'Say it shorter, or show less code.'
            : 'Say what a learner needs before the exercise.',
      },
    ];
  }),
};

const linked: WorkbookRule = {
  holds: 'links within the workbook lead somewhere',
  find: async (book) => {
    const lessons = await lessonsOf(book);
    const anchors = new Map(lessons.map(({ slug, anchors }) => [slug, anchors]));
    return lessons.flatMap(({ file, slug, text }) =>
      [...withoutHead(text).matchAll(/\]\(#([^)\s]*)\)/g)].flatMap(([link, target = '']) => {
        const wrong = problemOf(decodeURIComponent(target), slug, anchors, book);
        if (wrong === undefined) return [];
        return [{ file, line: lineWith(text, link), wrong, mend: 'Mend the link.' }];
      }),
    );
  },
};

/** @param target what stands behind `#` */
function problemOf(
  target: string,
  slug: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
  { topics, catalogues }: Workbook,
): string | undefined {
  if (!target.startsWith('/')) {
    return anchors.get(slug)?.has(target) ? undefined : `There is no heading #${target} here.`;
  }
  const [, page = '', name = '', anchor] = target.split('/');
  const all = [...catalogues.values()];
  switch (page) {
    case 'attack': {
      const attack = all.flatMap(({ attacks }) => attacks).find(({ id }) => id === name);
      if (!attack) return `It links to the attack ${name}, and there is none.`;
      if (anchor === undefined || anchor in attack.variants) return undefined;
      return `It links to the payload “${anchor}” of ${name}, and there is none.`;
    }
    case 'use':
      return all.some(({ uses }) => uses.some(({ id }) => id === name))
        ? undefined
        : `It links to the ordinary use ${name}, and there is none.`;
    case 'topic':
    case 'checks':
      if (!topics.some((topic) => topic.slug === name)) {
        return `It links to the topic ${name}, and there is none.`;
      }
      if (anchor === undefined || anchors.get(name)?.has(anchor) !== false) return undefined;
      return `It links to ${name}#${anchor}, and that lesson has no such heading.`;
    default:
      return readPlace(target).page === 'unknown'
        ? `It links to #${target}, and the workbook has no such page.`
        : undefined;
  }
}

/** Questions are plain text. Lines stay, so that they can be counted. */
const withoutHead = (text: string): string => text.replace(/^---\n[^]*?\n---\n/, '');

const shown: WorkbookRule = {
  holds: 'each core attack is linked from its lesson',
  find: inLessons(({ slug, text }, { catalogues }) =>
    (catalogues.get(slug)?.attacks ?? [])
      .filter(({ id, level }) => level === 'core' && !text.includes(`#/attack/${id}`))
      .map(({ id }) => ({
        wrong: `It does not link to its attack ${id}.`,
        mend: `Write [\`${id}\`](#/attack/${id}) where the lesson speaks of it.`,
      })),
  ),
};

const noStub: WorkbookRule = {
  holds: 'no lesson shows a stub: that is the learner’s file, and changes',
  find: inLessons(({ text }) =>
    [...text.matchAll(/^```.*file=exercises\/\d\d-\S*/gm)].map(([fence]) => ({
      line: lineWith(text, fence),
      wrong: 'It shows a stub, which is the learner’s file, and changes.',
      mend: 'Show its insecure form in exercises/weather-server/unguarded.ts.',
    })),
  ),
};

const fastTrack: WorkbookRule = {
  holds: 'the fast track leaves time for its fixes in forty minutes',
  find: async (book) => {
    if ((await brokenLessons(book)).length > 0) return [];
    const steps = (await lessonsOf(book)).flatMap(({ slug, outline: { sections } }) =>
      sections.flatMap(({ fastTrackMinutes: minutes }) =>
        minutes === undefined ? [] : [{ slug, minutes }],
      ),
    );
    const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
    const numbers = [...new Set(steps.map(({ slug }) => slug.slice(0, 2)))];
    const { least, most, through } = FAST_TRACK;
    return [
      ...(minutes >= least && minutes <= most
        ? []
        : [
            {
              file: 'lessons',
              wrong: `The fast track takes ${minutes.toFixed(1)} min to read; that should be ${least} to ${most}.`,
              mend: 'Name fewer or more sections under fastTrack in the heads of lessons.',
            },
          ]),
      ...(String(numbers) === String(through)
        ? []
        : [
            {
              file: 'lessons',
              wrong: `The fast track leads through ${numbers.join(', ')}; planned are ${through.join(', ')}.`,
              mend: 'Mend fastTrack in the heads of lessons, or the plan in authoring/rules/lesson-rules.ts.',
            },
          ]),
    ];
  },
};

export const lessonRules = [readable, headed, titled, short, linked, shown, noStub, fastTrack];
