import { useState } from 'react';
import { DOES_NOT_TELL, type Question } from '../../../studies/forensics/shared.ts';
import type { AnswerState } from '../lab-client/use-answers.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { StatusRegion } from '../text/status-region.tsx';

import { nameLines } from './filter-lines.ts';
import styles from './question-form.module.css';

interface QuestionFormProps {
  question: Question;
  /** Counted from 1. */
  number: number;
  answered: AnswerState | undefined;
  onAnswer: (answer: string) => void;
}

/** One question. An answer counts once: afterwards the lab has said what is right. */
export function QuestionForm({ question, number, answered, onAnswer }: QuestionFormProps) {
  const [picked, setPicked] = useState('');
  const { id, text, choices, mayNotTell } = question;
  const over = answered?.state === 'checked';
  const busy = answered?.state === 'checking';
  const mayCheck = !over && !busy && picked.trim() !== '';
  const options = [
    ...(choices ?? []),
    ...(mayNotTell ? [{ value: DOES_NOT_TELL, label: 'This log does not tell' }] : []),
  ];
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (mayCheck) onAnswer(picked);
      }}
    >
      <fieldset className={styles.question}>
        <legend className={styles.text}>
          {number}. {text}
        </legend>
        {!choices && (
          <label className={styles.number}>
            Number
            <input
              type="number"
              min={0}
              inputMode="numeric"
              value={picked === DOES_NOT_TELL ? '' : picked}
              readOnly={over}
              onChange={(event) => !over && setPicked(event.currentTarget.value)}
            />
          </label>
        )}
        <div className={styles.choices}>
          {options.map(({ value, label }) => (
            <label key={value} className={styles.choice}>
              <input
                type="radio"
                name={id}
                value={value}
                checked={picked === value}
                disabled={over && picked !== value}
                onChange={() => !over && setPicked(value)}
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      {!over && (
        <p>
          <button type="submit" aria-disabled={!mayCheck}>
            {busy ? 'Checking…' : 'Check the answer'}
          </button>
        </p>
      )}
      <StatusRegion>
        {answered?.state === 'failed' && <p className={styles.wrong}>{answered.message}</p>}
        {answered?.state === 'checked' && (
          <p className={styles.verdict}>
            <strong className={answered.verdict.right ? styles.right : styles.wrong}>
              <Icon name={answered.verdict.right ? 'works' : 'fails'} />{' '}
              {answered.verdict.right ? 'Right.' : 'Not right.'}
            </strong>{' '}
            <HostileText text={answered.verdict.sentence} cut={400} />{' '}
            {answered.verdict.lines.length > 0 && (
              <>{nameLines(answered.verdict.lines)} of the log.</>
            )}
          </p>
        )}
      </StatusRegion>
    </form>
  );
}
