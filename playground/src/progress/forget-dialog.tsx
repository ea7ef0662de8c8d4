import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useLab } from '../lab-client/lab-context.ts';
import { describeLoss } from './describe-loss.ts';
import styles from './forget-dialog.module.css';

interface ForgetDialogProps {
  onForget: () => void;
}

/** Asks before the record is begun anew, and says what goes and what stays. */
export function ForgetDialog({ onForget }: ForgetDialogProps) {
  const { progress } = useLab();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger>Forget my progress…</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Popup className={styles.popup}>
          <AlertDialog.Title className={styles.title}>Forget what you have done?</AlertDialog.Title>
          <AlertDialog.Description className={styles.text}>
            {describeLoss(progress)}
          </AlertDialog.Description>
          <p className={styles.text}>
            Your files in <code>exercises/</code> stay as they are, and so do saved files and
            reports in <code>.workbook/</code>. The record itself is not deleted: it gets another
            name beside <code>.workbook/progress.jsonl</code>.
          </p>
          <div className={styles.actions}>
            <AlertDialog.Close className={styles.cancel}>Keep it</AlertDialog.Close>
            <AlertDialog.Close className={styles.forget} onClick={onForget}>
              Forget my progress
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
