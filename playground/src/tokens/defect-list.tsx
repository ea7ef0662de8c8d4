import type { Defect } from '../../../studies/tokens/shared.ts';
import { Prose } from '../text/prose.tsx';
import { ReferenceLink } from '../text/reference-link.tsx';
import styles from './defect-list.module.css';

interface DefectListProps {
  defects: Defect[];
}

/** Every check of a resource server that has to notice this token. */
export function DefectList({ defects }: DefectListProps) {
  return (
    <section className={styles.section} aria-labelledby="defects">
      <h2 id="defects">What is wrong with this token</h2>
      {defects.length === 0 ? (
        <p>Nothing. A resource server has no reason to refuse it.</p>
      ) : (
        <ol className={styles.list}>
          {defects.map(({ what, why, references, status }) => (
            <li key={what}>
              <strong>
                <Prose text={capital(what)} />.
              </strong>{' '}
              <Prose text={why} />{' '}
              <span className={styles.aside}>
                Answered with {status}.{' '}
                {references.map((reference) => (
                  <span key={reference.url} className={styles.reference}>
                    <ReferenceLink reference={reference} />
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
