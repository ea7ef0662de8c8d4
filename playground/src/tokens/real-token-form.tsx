import type { StudyUser } from '../../../studies/tokens/shared.ts';
import { Icon } from '../text/icon.tsx';
import { OneOf } from '../text/one-of.tsx';
import styles from './token-form.module.css';

interface RealTokenFormProps {
  user: StudyUser;
  busy: boolean;
  onUser: (user: StudyUser) => void;
  onGet: () => void;
}

const options = [
  { value: 'alice', title: 'Alice' },
  { value: 'bob', title: 'Bob' },
] as const;

/** Who signs in, and the button that walks the honest flow. */
export function RealTokenForm({ user, busy, onUser, onGet }: RealTokenFormProps) {
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onGet();
      }}
    >
      <OneOf
        legend="Sign in as"
        legendIs="beside"
        options={options}
        value={user}
        onValue={onUser}
      />
      <button type="submit" className={styles.main} aria-disabled={busy}>
        {busy ? (
          <>
            <Icon name="waiting" /> Getting one…
          </>
        ) : (
          'Get a real token'
        )}
      </button>
      <p className={styles.note}>
        A client registers, the user agrees, the code is redeemed: the honest flow, at each of the
        three servers.
      </p>
    </form>
  );
}
