import type { BenchUser } from '../../../grader/tokens/tokens.ts';
import { Icon } from '../text/icon.tsx';
import styles from './token-form.module.css';

interface RealTokenFormProps {
  user: BenchUser;
  busy: boolean;
  onUser: (user: BenchUser) => void;
  onGet: () => void;
}

const names: Record<BenchUser, string> = { alice: 'Alice', bob: 'Bob' };

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
      <fieldset className={styles.choice}>
        <legend className={styles.inlineLegend}>Sign in as</legend>
        {(['alice', 'bob'] as const).map((name) => (
          <label key={name} className={styles.option}>
            <input
              type="radio"
              name="bench-user"
              checked={name === user}
              onChange={() => onUser(name)}
            />
            {names[name]}
          </label>
        ))}
      </fieldset>
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
