import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { attackHref, ordinaryUseHref } from '../place.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import styles from './check-list.module.css';
import { GradeTime } from './grade-time.tsx';

interface LastGradeProps {
  topic: TopicSummary;
  onFollow: () => void;
}

/** What the journal knows of the latest grade, from here or from a terminal. */
export function LastGrade({ topic, onFollow }: LastGradeProps) {
  const { progress } = useLab();
  const { grade, files } = progress[topic.slug] ?? {};
  if (!grade || files === 'as-shipped') return <p>These checks have not been run yet.</p>;
  return (
    <>
      <p>
        The latest grade, of <GradeTime at={grade.at} />: {grade.passed} of {grade.all} checks
        passed.
        {files === 'changed' &&
          ' Your files were saved since: run the checks to see how they do now.'}
      </p>
      {grade.failed.length > 0 && (
        <ul className={styles.list} aria-label="Checks that failed then">
          {grade.failed.map((id) => (
            <li key={id} className={styles.item}>
              <div className={styles.line}>
                <span className={styles.failed}>
                  <Icon name="fails" /> failed
                </span>
                <span className={styles.title}>
                  <CheckLink topic={topic} id={id} onFollow={onFollow} />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface CheckLinkProps extends LastGradeProps {
  /** Of a check. */
  id: string;
}

function CheckLink({ topic, id, onFollow }: CheckLinkProps) {
  const attack = topic.attacks.find((one) => one.id === id);
  const use = topic.uses.find((one) => one.id === id);
  const found = attack ?? use;
  if (!found) return <HostileText text={id} cut={200} />;
  return (
    <a href={attack ? attackHref(id) : ordinaryUseHref(id)} onClick={onFollow}>
      {found.title}
    </a>
  );
}
