import type { Signing } from '../../../studies/tokens/shared.ts';
import { signingsInOrder, signingWords } from './signing-words.ts';
import styles from './token-form.module.css';

interface SigningChoiceProps {
  signing: Signing;
  onSigning: (signing: Signing) => void;
}

export function SigningChoice({ signing, onSigning }: SigningChoiceProps) {
  return (
    <fieldset className={styles.signings}>
      <legend className={styles.legend}>Signature</legend>
      {signingsInOrder.map((name) => (
        <label key={name} className={styles.option}>
          <input
            type="radio"
            name="study-signing"
            checked={name === signing}
            onChange={() => onSigning(name)}
          />
          {signingWords[name].label}
        </label>
      ))}
    </fieldset>
  );
}
