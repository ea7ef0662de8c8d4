import type { Carried } from '../../../studies/flow/shared.ts';
import { Heading } from '../text/heading.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './carried-values.module.css';

interface CarriedValuesProps {
  values: Carried[];
}

/** What the client learned in a step; JWTs are shown decoded as well. */
export function CarriedValues({ values }: CarriedValuesProps) {
  if (values.length === 0) return null;
  return (
    <div>
      <Heading depth={3} className={styles.title}>
        Values from this step
      </Heading>
      <dl className={styles.values}>
        {values.map(({ name, value, decoded }) => (
          <div key={name} className={styles.value}>
            <dt>
              <HostileText text={name} cut={120} />
            </dt>
            <dd>
              <code>
                <HostileText text={value} fold={120} />
              </code>
            </dd>
            {decoded && (
              <>
                <dd>
                  <span className={styles.part}>Header</span>
                  <HostileText text={pretty(decoded.header)} as="block" fold={1200} />
                </dd>
                <dd>
                  <span className={styles.part}>Claims</span>
                  <HostileText text={pretty(decoded.claims)} as="block" fold={1200} />
                </dd>
              </>
            )}
          </div>
        ))}
      </dl>
    </div>
  );
}

const pretty = (part: unknown): string => JSON.stringify(part, null, 2) ?? '';
