import { Heading } from '../text/heading.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import { compareParts } from './compare-parts.ts';
import type { Meaning } from './meanings.ts';
import { TokenMember } from './token-member.tsx';
import styles from './token-part.module.css';

interface TokenPartProps {
  title: string;
  /** In base64url, as it travels. */
  encoded: string;
  made: Record<string, unknown>;
  real: Record<string, unknown>;
  meanings: ReadonlyMap<string, Meaning>;
  now: number;
}

/** More are counted, not shown. */
const MOST_MEMBERS = 60;

/** Header or claims, encoded and decoded. */
export function TokenPart({ title, encoded, made, real, meanings, now }: TokenPartProps) {
  const members = compareParts(real, made);
  return (
    <div className={styles.part}>
      <Heading depth={2} className={styles.title}>
        {title}
      </Heading>
      <p className={styles.encoded}>
        <HostileText text={encoded} fold={120} />
      </p>
      <dl className={styles.members}>
        {members.slice(0, MOST_MEMBERS).map((member) => (
          <TokenMember
            key={member.name}
            member={member}
            meaning={meanings.get(member.name)}
            now={now}
          />
        ))}
      </dl>
      {members.length > MOST_MEMBERS && <p>And {members.length - MOST_MEMBERS} more.</p>}
    </div>
  );
}
