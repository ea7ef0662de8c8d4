import type { Incident } from '../../../studies/forensics/shared.ts';
import { SentenceList } from '../console/sentence-list.tsx';
import { useAnswers } from '../lab-client/use-answers.ts';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './forensics-view.module.css';
import { LogLines } from './log-lines.tsx';
import { QuestionForm } from './question-form.tsx';

interface IncidentViewProps {
  incident: Incident;
}

/** One incident: its log, and what there is to find out. */
export function IncidentView({ incident }: IncidentViewProps) {
  const { answers, give } = useAnswers(incident.id);
  const verdicts = Object.values(answers).flatMap((answer) =>
    answer?.state === 'checked' ? [answer.verdict] : [],
  );
  const right = verdicts.filter((verdict) => verdict.right).length;
  const untold = verdicts.filter((verdict) => !verdict.told).length;
  const total = incident.questions.length;
  return (
    <>
      <SentenceList title="Mistakes in your file" sentences={incident.faults} />
      <div className={styles.room}>
        <div className={styles.columns}>
          <LogLines
            lines={incident.lines}
            telling={new Set(verdicts.flatMap(({ lines }) => lines))}
          />
          <section className={styles.questions} aria-labelledby="questions">
            <h2 id="questions">What happened?</h2>
            {incident.questions.map((question, index) => (
              <QuestionForm
                key={question.id}
                question={question}
                number={index + 1}
                answered={answers[question.id]}
                onAnswer={(answer) => void give(question.id, answer)}
              />
            ))}
            <StatusRegion>
              {verdicts.length === total && (
                <p className={styles.score}>
                  {right} of {total} right.{' '}
                  {untold > 0
                    ? `To ${untold} of these questions the log has no answer. After an incident it would be all you have.`
                    : 'This log tells what an operator needs to know.'}
                </p>
              )}
            </StatusRegion>
          </section>
        </div>
      </div>
    </>
  );
}
