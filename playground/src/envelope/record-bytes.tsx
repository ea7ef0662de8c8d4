import type { StudyRecord, ByteMember, Operation } from '../../../studies/envelope/shared.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { ByteRow } from './byte-row.tsx';
import { judgeRecord } from './envelope-judgement.ts';
import { names } from './operations.ts';
import styles from './record-bytes.module.css';

interface RecordBytesProps {
  record: StudyRecord;
  other: StudyRecord | undefined;
  operations: readonly Operation[];
  onFlip: (flip: Extract<Operation, { kind: 'flip' }>) => void;
}

const layers: { title: string; members: ByteMember[] }[] = [
  { title: 'Data key, wrapped', members: ['encryptedDek', 'dekIv', 'dekTag'] },
  { title: 'Ciphertext', members: ['encrypted', 'iv', 'tag'] },
];

/** One stored record: the KEK opens the wrapped data key, which opens the ciphertext. */
export function RecordBytes({ record, other, operations, onFlip }: RecordBytesProps) {
  const { owner, openedAs, kekVersion, members, keyGone } = record;
  const { word, icon, tone } = judgeRecord(record);
  const row = (name: ByteMember) => {
    const member = members.find((known) => known.name === name);
    return (
      member && (
        <ByteRow
          key={name}
          member={member}
          other={other?.members.find((known) => known.name === name)}
          of={names[owner]}
          flipped={flippedIn(operations, record, name)}
          onFlip={(index) => onFlip({ kind: 'flip', record: owner, member: name, index })}
        />
      )
    );
  };
  return (
    <section className={styles.record} aria-label={`${names[owner]}’s record`}>
      <h3 className={styles.name}>
        {names[owner]}’s record{' '}
        <span className={styles[tone]}>
          <Icon name={icon} /> {word}
        </span>
      </h3>
      <p className={styles.identity}>
        Stored as <code>{openedAs.recordId}</code>, owner{' '}
        <code className={openedAs.owner === owner ? undefined : styles.changed}>
          {openedAs.owner}
        </code>
        , provider <code>{openedAs.provider}</code>
      </p>
      <ol className={styles.layers}>
        <li className={keyGone ? `${styles.kek} ${styles.gone}` : styles.kek}>
          <span className={styles.title}>
            Key encryption key{' '}
            <code>
              <HostileText text={kekVersion} cut={40} />
            </code>
            {keyGone && ', dropped'}
          </span>
          <span className={styles.note}>kept elsewhere; the record only names it</span>
        </li>
        {layers.map(({ title, members: inside }) => (
          <li key={title} className={styles.layer}>
            <span className={styles.title}>{title}</span>
            {inside.map(row)}
          </li>
        ))}
      </ol>
    </section>
  );
}

const flippedIn = (
  operations: readonly Operation[],
  { owner }: StudyRecord,
  name: ByteMember,
): ReadonlySet<number> =>
  new Set(
    operations.flatMap((operation) =>
      operation.kind === 'flip' && operation.record === owner && operation.member === name
        ? [operation.index]
        : [],
    ),
  );
