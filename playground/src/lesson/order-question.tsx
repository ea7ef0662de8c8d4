import { useState } from 'react';
import { StatusRegion } from '../text/status-region.tsx';
import { AnswerExplained } from './answer-explained.tsx';
import { describeOrder, moveStep } from './order-of-steps.ts';
import { OrderStep } from './order-step.tsx';
import styles from './order-question.module.css';
import { QuestionFieldset, type QuestionProps } from './question-fieldset.tsx';

/** Steps to bring into their order, with two buttons each. Each is explained once all stand right. */
export function OrderQuestion({ question, number, answered, onAnswer }: QuestionProps) {
  const { options, answer } = question;
  /** Undefined until something was moved or checked. */
  const [own, setOwn] = useState<number[]>();
  const [checked, setChecked] = useState(false);
  const [moved, setMoved] = useState('');
  const steps = own ?? (answered ? answer : options.map((_option, index) => index));
  const verdict = describeOrder(question, steps);
  const solved = own ? checked && verdict.right : answered;

  function move(from: number, to: number): void {
    const next = moveStep(steps, from, to);
    setOwn(next);
    setChecked(false);
    setMoved(`Now number ${to + 1} of ${next.length}.`);
  }

  function check(): void {
    setMoved('');
    setOwn(solved ? options.map((_option, index) => index) : steps);
    setChecked(!solved);
    if (!solved) onAnswer(verdict.right);
  }

  return (
    <QuestionFieldset question={question} number={number} answered={answered}>
      <ol className={styles.steps}>
        {steps.map((step, at) => {
          const { text = '', why = '' } = options[step] ?? {};
          return (
            <OrderStep
              key={step}
              text={text}
              why={solved ? why : undefined}
              isFirst={at === 0}
              isLast={at === steps.length - 1}
              onMove={(by) => move(at, at + by)}
            />
          );
        })}
      </ol>
      <button type="button" className={styles.check} onClick={check}>
        {solved ? 'Shuffle them again' : 'Check the order'}
      </button>
      <StatusRegion>
        {moved !== '' && <p className={styles.moved}>{moved}</p>}
        {checked && <AnswerExplained right={verdict.right} text={verdict.text} />}
      </StatusRegion>
    </QuestionFieldset>
  );
}
