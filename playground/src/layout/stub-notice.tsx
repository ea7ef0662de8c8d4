import { useEffect, useState } from 'react';
import { useLab, type StubChange } from '../lab-client/lab-context.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './stub-notice.module.css';

const GOOD_NEWS_MS = 8_000;

/** Tells that a saved file was taken up, or why it could not be; a problem stays until it is gone. */
export function StubNotice() {
  const { stubChange } = useLab();
  const [dismissed, setDismissed] = useState<StubChange>();
  const notice = stubChange === dismissed ? undefined : stubChange;

  useEffect(() => {
    if (!stubChange || stubChange.problem !== undefined) return undefined;
    const timer = setTimeout(() => setDismissed(stubChange), GOOD_NEWS_MS);
    return () => clearTimeout(timer);
  }, [stubChange]);

  return (
    <StatusRegion className={styles.region}>
      {notice && (
        <div className={notice.problem === undefined ? styles.notice : styles.problem}>
          <p className={styles.line}>
            <Icon name={notice.problem === undefined ? 'works' : 'notRun'} />
            <span>
              <strong>
                {notice.problem === undefined ? 'Saved and loaded' : 'Saved, but it does not load'}
              </strong>{' '}
              <code className={styles.file}>{notice.file}</code>
            </span>
            <button
              type="button"
              className={styles.close}
              aria-label="Close this notice"
              onClick={() => setDismissed(stubChange)}
            >
              <Icon name="close" />
            </button>
          </p>
          {notice.problem !== undefined && (
            <HostileText text={notice.problem} as="block" fold={1200} />
          )}
        </div>
      )}
    </StatusRegion>
  );
}
