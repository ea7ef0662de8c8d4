import { useLab } from '../lab-client/lab-context.ts';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './plain-page.module.css';

interface WaitingPageProps {
  /** Why the catalogue could not be loaded; absent while it is under way. */
  problem: string | undefined;
}

export function WaitingPage({ problem }: WaitingPageProps) {
  const { tryAgain } = useLab();
  if (problem === undefined) {
    return (
      <div className={styles.page}>
        <StatusRegion>Loading the workbook…</StatusRegion>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <h1 tabIndex={-1}>The workbook could not be loaded</h1>
      <p>{problem}</p>
      <p>
        Start the lab with <code>npm start</code> in the project folder and open the address it
        prints.
      </p>
      <p>
        <button type="button" onClick={tryAgain}>
          Try again
        </button>
      </p>
    </div>
  );
}
