/**
 * `npm run quiz [-- <topic> [--again]]`: the questions of a lesson, in the terminal; without a topic,
 * how many are answered. Exit code: 0, or 2 if the command was not understood.
 */
import { curriculum, type Topic } from '../catalogue/curriculum.ts';
import { paint } from '../shared/paint.ts';
import { ProgressJournal } from '../grader/progress/progress-journal.ts';
import { askQuiz } from '../grader/quiz/ask-quiz.ts';
import { openQuestions } from '../grader/quiz/quiz-standing.ts';
import { readQuiz } from '../grader/quiz/read-quiz.ts';
import { typedLines } from '../grader/quiz/typed-lines.ts';
import { readTopicIfAny } from './read-one-topic.ts';

const { topic, again } = readTopicIfAny(
  `Usage: npm run quiz [-- topic [--again]]
  topic     a number or a name: 10, rate-limits, 10-rate-limits; without, a list of all
  --again   ask what you have answered right before, too`,
  ['again'],
);
const journal = new ProgressJournal();
if (topic) await quiz(topic);
else listTopics();

function listTopics(): void {
  const progress = journal.read();
  for (const { slug, title } of curriculum) {
    const questions = readQuiz(slug);
    const right = questions.length - openQuestions(questions, slug, progress).length;
    const count = `${right} of ${questions.length} answered`;
    const isDone = right === questions.length;
    console.log(
      `  ${slug.slice(0, 2)} ${title.padEnd(22)}${isDone ? paint('green', count) : count}`,
    );
  }
  console.log('\nnpm run quiz -- 05 asks the questions of topic 05.');
}

async function quiz({ slug, title }: Topic): Promise<void> {
  const number = slug.slice(0, 2);
  const questions = readQuiz(slug);
  const open = (): number => openQuestions(questions, slug, journal.read()).length;
  const asked = again ? questions : openQuestions(questions, slug, journal.read());
  console.log(`${paint('bold', `${number} ${title}`)}, ${questions.length} questions`);
  if (asked.length === 0) {
    console.log(
      `You have answered all of them right. To be asked again: npm run quiz -- ${number} --again`,
    );
    return;
  }
  const before = questions.length - open();
  if (before > 0 && !again) console.log(`${before} of them you have answered right before.`);
  console.log('Enter leaves a question out, q stops.');

  const { readLine, close } = typedLines();
  await askQuiz(asked, {
    readLine,
    say: (text) => console.log(text),
    onAnswer: ({ id }, right) =>
      journal.append([{ type: 'answered', topic: slug, question: id, right }]),
  });
  close();
  const left = open();
  console.log(
    left === 0
      ? `\n${paint('green', 'All questions are answered right: this lesson is done.')}`
      : `\n${questions.length - left} of ${questions.length} are answered right. To go on: npm run quiz -- ${number}`,
  );
}
