import { judge, type Answered } from '../console/judgement.ts';
import { Icon } from '../text/icon.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './latest-answer.module.css';

/** Saving fires it again, so what a change did is told beside the change. */
export function LatestAnswer({ answered }: { answered: Answered | undefined }) {
  const judgement = answered && judge(answered.outcome);
  return (
    <StatusRegion className={styles.answer}>
      {answered && judgement ? (
        <p>
          Your server, “{answered.title}”:{' '}
          <span className={styles[judgement.tone]}>
            <Icon name={judgement.icon} /> {judgement.word}
          </span>
        </p>
      ) : (
        <p>What you have fired at your server is fired again whenever you save.</p>
      )}
    </StatusRegion>
  );
}
