import { HostileText } from '../text/hostile-text.tsx';
import { ReferenceLink } from '../text/reference-link.tsx';
import type { Member } from './compare-parts.ts';
import { describeTime, timeClaims } from './describe-time.ts';
import type { Meaning } from './meanings.ts';
import styles from './token-part.module.css';

interface TokenMemberProps {
  member: Member;
  meaning: Meaning | undefined;
  /** Seconds since 1970 on the server's clock. */
  now: number;
}

/** One member of header or claims: its value, what became of the real one, and what it means. */
export function TokenMember({ member, meaning, now }: TokenMemberProps) {
  const { name, value, was, change } = member;
  const time =
    timeClaims.has(name) && typeof value === 'number' ? describeTime(value, now) : undefined;
  return (
    <div className={change === 'same' ? styles.member : styles.changed}>
      <dt className={styles.name}>
        <code>
          <HostileText text={name} cut={80} />
        </code>
        {change !== 'same' && <strong className={styles.mark}>{change}</strong>}
      </dt>
      {change !== 'removed' && (
        <dd>
          <code>
            <HostileText text={JSON.stringify(value)} fold={160} />
          </code>
          {time && <span className={styles.aside}> {time}</span>}
        </dd>
      )}
      {(change === 'changed' || change === 'removed') && (
        <dd className={styles.aside}>
          In the real token:{' '}
          <code>
            <HostileText text={JSON.stringify(was)} fold={120} />
          </code>
        </dd>
      )}
      <dd className={styles.aside}>
        {meaning ? meaning.text : 'Nothing that this server looks at.'}{' '}
        {meaning?.references.map((reference) => (
          <span key={reference.url} className={styles.reference}>
            <ReferenceLink reference={reference} />
          </span>
        ))}
      </dd>
    </div>
  );
}
