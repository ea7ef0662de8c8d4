import { useLab } from '../lab-client/lab-context.ts';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './lab-banner.module.css';

/** Says plainly when the lab is away, and what to do. The status region is always there. */
export function LabBanner() {
  const { connection } = useLab();
  return (
    <StatusRegion className={styles.region}>
      {connection === 'gone' && (
        <p className={styles.banner}>
          <strong>The lab is not answering.</strong> Lessons can still be read; attacks cannot be
          fired. Start it again with <code>npm start</code> in the project folder. This page
          connects by itself.
        </p>
      )}
      {connection === 'restarted' && (
        <p className={styles.banner}>
          <strong>The lab was started anew.</strong> This page belongs to the run before.{' '}
          <button type="button" onClick={() => location.reload()}>
            Reload the page
          </button>
        </p>
      )}
    </StatusRegion>
  );
}
