/** The questions at the end of a lesson. Their form is checked when the lesson is read. */
import type { Finding } from '../finding.ts';
import type { Question } from '../../grader/quiz/question.ts';
import { lessonsOf } from '../lesson.ts';
import type { WorkbookRule } from '../workbook.ts';

const LEAST = 4;
const MOST = 7;

const inQuizzes =
  (find: (quiz: Question[]) => Omit<Finding, 'file'>[]): WorkbookRule['find'] =>
  async (book) =>
    (await lessonsOf(book)).flatMap(({ file, head: { quiz } }) =>
      find(quiz).map((finding) => ({ file, ...finding })),
    );

const asked: WorkbookRule = {
  holds: `every lesson asks ${LEAST} to ${MOST} questions, of two kinds or more`,
  find: inQuizzes((quiz) => [
    ...(quiz.length < LEAST || quiz.length > MOST
      ? [
          {
            wrong: `It asks ${quiz.length} questions.`,
            mend: `Ask ${LEAST} to ${MOST} in the head of the lesson.`,
          },
        ]
      : []),
    ...(new Set(quiz.map(({ kind }) => kind)).size < 2
      ? [
          {
            wrong: 'Its questions are all of one kind.',
            mend: 'Ask another of kind choose, order or hole.',
          },
        ]
      : []),
  ]),
};

const explained: WorkbookRule = {
  holds: 'every choice is explained in a sentence of its own',
  find: inQuizzes((quiz) => {
    const whys = quiz.flatMap(({ id, options }) =>
      options.flatMap(({ why }) => (why === undefined ? [] : [{ id, why }])),
    );
    return whys.flatMap(({ id, why }) => {
      const shown = `“${why.slice(0, 40)}”`;
      if (whys.filter((other) => other.why === why).length > 1) {
        return [{ wrong: `Question ${id}: ${shown} explains two choices.`, mend: 'Say it apart.' }];
      }
      if (/[.?!)]$/.test(why)) return [];
      return [{ wrong: `Question ${id}: ${shown} is no sentence.`, mend: 'End it as one.' }];
    });
  }),
};

const notByRule: WorkbookRule = {
  holds: 'no quiz is answered by a rule of thumb',
  find: inQuizzes((quiz) => {
    const choices = quiz.filter(({ kind }) => kind === 'choose');
    const places = new Set(choices.map(({ answer }) => answer[0]));
    const longest = choices.filter(rightIsLongest);
    return [
      ...(choices.length > 0 && places.size < 2
        ? [{ wrong: 'The right choice always stands in the same place.', mend: 'Move it in some.' }]
        : []),
      ...(longest.length > choices.length / 2
        ? [
            {
              wrong: `The right choice is mostly the longest: ${longest.map(({ id }) => id).join(', ')}.`,
              mend: 'Say it shorter, or the wrong ones longer.',
            },
          ]
        : []),
    ];
  }),
};

const rightIsLongest = ({ options, answer: [right = 0] }: Question): boolean =>
  options.every(
    ({ text }, index) => index === right || text.length < (options[right]?.text.length ?? 0),
  );

export const quizRules = [asked, explained, notByRule];
