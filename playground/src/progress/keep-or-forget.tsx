import { useState } from 'react';
import { useLab } from '../lab-client/lab-context.ts';
import { describeProblem, resetProgress } from '../lab-client/lab-client.ts';
import { downloadText } from '../text/download-text.ts';
import { StatusRegion } from '../text/status-region.tsx';
import { ForgetDialog } from './forget-dialog.tsx';
import styles from './keep-or-forget.module.css';

/** Takes the record along as a file, or begins a new one. */
export function KeepOrForget() {
  const { progress, loadProgress } = useLab();
  const [note, setNote] = useState<string>();

  function exportProgress(): void {
    const exportedAt = new Date().toISOString();
    const text = `${JSON.stringify({ exportedAt, progress }, null, 2)}\n`;
    downloadText(`workbook-progress-${exportedAt.slice(0, 10)}.json`, text, 'application/json');
  }

  async function forget(): Promise<void> {
    try {
      const { putAside } = await resetProgress();
      await loadProgress();
      setNote(
        putAside.length === 0
          ? 'There was no record to put aside.'
          : `Forgotten. What was there is kept in ${putAside.join(' and ')}.`,
      );
    } catch (error) {
      setNote(`Nothing was forgotten. ${describeProblem(error)}`);
    }
  }

  return (
    <section className={styles.record} aria-label="Your record">
      <h2>Your record</h2>
      <p className={styles.about}>
        It is kept on this machine in <code>.workbook/progress.jsonl</code>, so every browser shows
        the same.
      </p>
      <div className={styles.actions}>
        <button type="button" onClick={exportProgress}>
          Save it as a JSON file
        </button>
        <ForgetDialog onForget={() => void forget()} />
      </div>
      <StatusRegion className={styles.note}>{note}</StatusRegion>
    </section>
  );
}
