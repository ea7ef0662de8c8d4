import { useState } from 'react';
import type { QuizQuestion } from '../../lessons/front-matter.ts';
import { Icon } from '../text/icon.tsx';
import { Prose } from '../text/prose.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './quiz.module.css';

interface QuizFieldsetProps {
  question: QuizQuestion;
  number: number;
}

/** One question. A choice is explained as soon as it is made, and the explanation stays. */
export function QuizFieldset({ question, number }: QuizFieldsetProps) {
  const [tried, setTried] = useState<number[]>([]);
  return (
    <fieldset className={styles.question}>
      <legend className={styles.legend}>
        {number}. <Prose text={question.question} />
      </legend>
      {question.choices.map((choice, i) => (
        <div key={choice.text}>
          <label className={styles.choice}>
            <input
              type="radio"
              name={`question-${number}`}
              checked={tried.at(-1) === i}
              onChange={() => setTried([...tried.filter((other) => other !== i), i])}
            />
            <span>
              <Prose text={choice.text} />
            </span>
          </label>
          <StatusRegion>
            {tried.includes(i) && (
              <p className={choice.right ? styles.right : styles.wrong}>
                <strong className={styles.mark}>
                  <Icon name={choice.right ? 'works' : 'fails'} />{' '}
                  {choice.right ? 'Right.' : 'Not quite.'}
                </strong>{' '}
                <Prose text={choice.why} />
              </p>
            )}
          </StatusRegion>
        </div>
      ))}
    </fieldset>
  );
}
