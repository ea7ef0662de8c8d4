import type { ReactNode } from 'react';
import type { Question } from '../../../grader/quiz/question.ts';
import { Icon } from '../text/icon.tsx';
import { Prose } from '../text/prose.tsx';
import styles from './quiz.module.css';

/** What every kind of question is given. */
export interface QuestionProps {
  question: Question;
  number: number;
  /** It was answered right, now or on another day. */
  answered: boolean;
  onAnswer: (right: boolean) => void;
}

type QuestionFieldsetProps = Omit<QuestionProps, 'onAnswer'> & { children: ReactNode };

export function QuestionFieldset(props: QuestionFieldsetProps) {
  const { question, number, answered, children } = props;
  return (
    <fieldset className={styles.question}>
      <legend className={styles.legend}>
        {number}. <Prose text={question.question} />
        {answered && (
          <span className={styles.answered}>
            {' '}
            <Icon name="works" /> Answered
          </span>
        )}
      </legend>
      {children}
    </fieldset>
  );
}
