import type { StudyRecord } from '../../../studies/envelope/shared.ts';
import { Heading } from '../text/heading.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { judgeRecord, markChanges } from './envelope-judgement.ts';
import styles from './opened-record.module.css';
import { names } from './operations.ts';

interface OpenedRecordProps {
  record: StudyRecord;
}

/** What opening one record gives now. */
export function OpenedRecord({ record }: OpenedRecordProps) {
  const { owner, opened, expected, refusals } = record;
  const { word, icon, tone, sentence } = judgeRecord(record);
  return (
    <div className={styles.record}>
      <Heading depth={3} className={styles.title}>
        {names[owner]}{' '}
        <span className={styles[tone]}>
          <Icon name={icon} /> {word}
        </span>
      </Heading>
      {opened && 'value' in opened && (
        <p className={styles.text}>
          <code>
            {markChanges(opened.value.slice(0, 400), expected).map(({ text, changed }, i) =>
              changed ? (
                // Stretches never move.
                // oxlint-disable-next-line react/no-array-index-key
                <mark key={i} className={styles.changed}>
                  <HostileText text={text} cut={400} />
                </mark>
              ) : (
                // oxlint-disable-next-line react/no-array-index-key
                <HostileText key={i} text={text} cut={400} />
              ),
            )}
            {opened.value === '' && '(empty)'}
          </code>
        </p>
      )}
      {opened && 'refused' in opened && (
        <p className={styles.text}>
          <HostileText text={opened.refused} fold={200} />
        </p>
      )}
      <p className={styles.sentence}>{sentence}</p>
      {refusals.map((refusal) => (
        <p key={refusal} className={styles.sentence}>
          <HostileText text={refusal} fold={200} />
        </p>
      ))}
    </div>
  );
}
