import { useEffect } from 'react';
import type { Question } from '../../../grader/quiz/question.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { StatusRegion } from '../text/status-region.tsx';
import { goToHeading } from './go-to-heading.ts';
import { OrderQuestion } from './order-question.tsx';
import { PickQuestion } from './pick-question.tsx';
import styles from './quiz.module.css';

interface QuizProps {
  slug: string;
  questions: Question[];
  /** The address asks for it. */
  opened: boolean;
}

/** The questions of a lesson, which is done when all of them have been answered right. */
export function Quiz({ slug, questions, opened }: QuizProps) {
  const { progress, mark } = useLab();
  useEffect(() => {
    if (opened) goToHeading('quiz');
  }, [opened]);
  if (questions.length === 0) return null;
  const answers = progress[slug]?.answers ?? {};
  const right = questions.filter(({ id }) => answers[id] === true).length;

  return (
    <section className={styles.quiz} aria-labelledby="quiz">
      <header className={styles.head}>
        <h2 id="quiz" tabIndex={-1}>
          Check your understanding
        </h2>
        <p className={styles.count}>
          {right} of {questions.length} answered right
        </p>
        <StatusRegion className={styles.count}>
          {right === questions.length
            ? 'This lesson is done.'
            : 'The lesson counts as done when all are. Try as often as you like.'}
        </StatusRegion>
      </header>
      {questions.map((question, i) => {
        const Kind = question.kind === 'order' ? OrderQuestion : PickQuestion;
        return (
          <Kind
            key={question.id}
            question={question}
            number={i + 1}
            answered={answers[question.id] === true}
            onAnswer={(right) => mark(slug, { answers: { [question.id]: right } })}
          />
        );
      })}
    </section>
  );
}
