import type { MadeToken } from '../../../studies/tokens/shared.ts';
import { Heading } from '../text/heading.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import { signingWords } from './signing-words.ts';
import styles from './token-part.module.css';

interface SignaturePartProps {
  encoded: string;
  signedHow: MadeToken['signedHow'];
}

/** The third part, and whose it is. Only the lab knows that: a token does not tell. */
export function SignaturePart({ encoded, signedHow }: SignaturePartProps) {
  const bytes = Math.floor((encoded.length * 3) / 4);
  return (
    <div className={styles.part}>
      <Heading depth={2} className={styles.title}>
        Signature
      </Heading>
      <p className={styles.encoded}>
        {encoded === '' ? 'Empty' : <HostileText text={encoded} fold={120} />}
      </p>
      <p>{signingWords[signedHow].made}</p>
      <p className={styles.aside}>
        {bytes} bytes. A signature covers the first two parts as they are encoded, with the dot
        between them.
      </p>
    </div>
  );
}
