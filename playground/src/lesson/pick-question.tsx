import { Fragment, useState } from 'react';
import { StatusRegion } from '../text/status-region.tsx';
import { AnswerExplained } from './answer-explained.tsx';
import { CodeLine } from './code-line.tsx';
import { PickOption } from './pick-option.tsx';
import { QuestionFieldset, type QuestionProps } from './question-fieldset.tsx';
import styles from './pick-question.module.css';

/**
 * One choice of several, or the line of a piece of code that has the hole. An option is explained as
 * soon as it is picked, and the explanation stays.
 */
export function PickQuestion({ question, number, answered, onAnswer }: QuestionProps) {
  const { id, kind, options, answer } = question;
  const [tried, setTried] = useState<number[]>([]);
  const isRight = (index: number): boolean => answer.includes(index);
  const picked = tried.at(-1) ?? (answered ? answer[0] : undefined);

  function pick(index: number): void {
    setTried([...tried.filter((other) => other !== index), index]);
    onAnswer(isRight(index));
  }

  return (
    <QuestionFieldset question={question} number={number} answered={answered}>
      <div className={kind === 'hole' ? styles.code : undefined}>
        {options.map(({ text, why }, i) =>
          why === undefined ? (
            <CodeLine key={i} number={i + 1} code={text} />
          ) : (
            <Fragment key={i}>
              <PickOption name={id} checked={picked === i} onPick={() => pick(i)}>
                {kind === 'hole' ? <CodeLine number={i + 1} code={text} /> : text}
              </PickOption>
              {/* Known from another day, so nothing to read out now. */}
              {answered && isRight(i) && !tried.includes(i) && <AnswerExplained right text={why} />}
              <StatusRegion>
                {tried.includes(i) && <AnswerExplained right={isRight(i)} text={why} />}
              </StatusRegion>
            </Fragment>
          ),
        )}
      </div>
    </QuestionFieldset>
  );
}
