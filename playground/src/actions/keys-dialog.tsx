import { useState } from 'react';
import { Modal } from '../text/modal.tsx';
import { KeyNames } from './key-names.tsx';
import styles from './keys-dialog.module.css';
import { allActions } from './page-actions.ts';
import { singleKeysAreOn, switchSingleKeys } from './single-keys.ts';

interface KeysDialogProps {
  open: boolean;
  onClose: () => void;
}

/** Every key of the page, and the switch for the single ones. */
export function KeysDialog({ open, onClose }: KeysDialogProps) {
  return (
    <Modal title="Keys" open={open} onClose={onClose}>
      <KeyTable />
    </Modal>
  );
}

function KeyTable() {
  const [single, setSingle] = useState(singleKeysAreOn);
  return (
    <div className={styles.body}>
      <dl className={styles.keys}>
        {allActions.map(
          ({ id, title, keys, ...action }) =>
            keys && (
              <div key={id} className={styles.row}>
                <dt>
                  {title}
                  {'where' in action && <span className={styles.where}>, {action.where}</span>}
                </dt>
                <dd className={keys.mod || single ? undefined : styles.off}>
                  <KeyNames keys={keys} />
                </dd>
              </div>
            ),
        )}
      </dl>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => {
            switchSingleKeys(event.target.checked);
            setSingle(event.target.checked);
          }}
        />
        Single keys work (without Ctrl or Command)
      </label>
      <p className={styles.note}>
        Single keys do nothing while you type. Tabs, lists and sliders follow the arrow keys; Escape
        closes a dialog.
      </p>
    </div>
  );
}
