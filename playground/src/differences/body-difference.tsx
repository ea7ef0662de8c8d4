import type { ExchangeDifference } from './compare-exchanges.ts';
import { DiffLines } from './diff-lines.tsx';
import { DiffWords } from './diff-words.tsx';
import styles from './differences.module.css';

interface BodyDifferenceProps {
  left: string;
  right: string;
  body: ExchangeDifference['body'];
}

export function BodyDifference({ left, right, body }: BodyDifferenceProps) {
  if (body === 'equal') return <p className={styles.note}>The bodies are equal.</p>;
  if (body === 'too different') {
    return (
      <p className={styles.note}>The bodies have too little in common to show side by side.</p>
    );
  }
  return (
    <div>
      <p className={styles.note}>
        Body: {body.by === 'lines' ? '−' : '[−…]'} only in {left},{' '}
        {body.by === 'lines' ? '+' : '[+…]'} only in {right}.
      </p>
      {body.by === 'lines' ? (
        <DiffLines left={left} right={right} parts={body.parts} />
      ) : (
        <DiffWords left={left} right={right} parts={body.parts} />
      )}
    </div>
  );
}
