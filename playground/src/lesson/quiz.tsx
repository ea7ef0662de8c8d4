import type { QuizQuestion } from '../../lessons/front-matter.ts';
import styles from './quiz.module.css';
import { QuizFieldset } from './quiz-fieldset.tsx';

interface QuizProps {
  questions: QuizQuestion[];
}

export function Quiz({ questions }: QuizProps) {
  if (questions.length === 0) return null;
  return (
    <section className={styles.quiz} aria-labelledby="quiz">
      <h2 id="quiz">Check your understanding</h2>
      {questions.map((question, i) => (
        <QuizFieldset key={question.question} question={question} number={i + 1} />
      ))}
    </section>
  );
}
