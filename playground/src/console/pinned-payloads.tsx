import { useId, useRef, useState } from 'react';
import { usePins } from '../lab-client/use-pins.ts';
import { Heading } from '../text/heading.tsx';
import hidden from '../text/hidden.module.css';
import { HostileText } from '../text/hostile-text.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { PinAdvice } from './pin-advice.tsx';
import styles from './pinned-payloads.module.css';

interface PinnedPayloadsProps {
  slug: string;
  attackId: string;
  /** The payload in the editor, if the learner may pin it: edited, and JSON. */
  pinnable: string | undefined;
  /** Something is being fired already. */
  running: boolean;
  onFire: (payload: string) => void;
}

/** Payloads of the learner's own that `npm run grade` fires as well, and how to add one. */
export function PinnedPayloads(props: PinnedPayloadsProps) {
  const { slug, attackId, pinnable, running, onFire } = props;
  const { pins, note, pin, unpin } = usePins(slug, attackId);
  const [name, setName] = useState('');
  const nameId = useId();
  const heading = useRef<HTMLDivElement>(null);

  async function pinNow(): Promise<void> {
    if (pinnable !== undefined && (await pin(name, pinnable))) setName('');
  }

  async function unpinNow(pinned: string): Promise<void> {
    // The button goes away with its pin, and the focus would be lost.
    if (await unpin(pinned)) heading.current?.focus();
  }

  return (
    <section className={styles.pins} aria-label="Your own checks of this attack">
      <div ref={heading} tabIndex={-1}>
        <Heading depth={1} className={styles.title}>
          Your own checks
        </Heading>
      </div>
      {pins.length > 0 && (
        <ul className={styles.list}>
          {pins.map((pinned) => (
            <li key={pinned.name} className={styles.pin}>
              <span className={styles.name}>{pinned.name}</span>
              <button
                type="button"
                aria-disabled={running}
                onClick={() => running || onFire(pinned.payload)}
              >
                Fire<span className={hidden.hidden}> “{pinned.name}”</span>
              </button>
              <button type="button" onClick={() => void unpinNow(pinned.name)}>
                Unpin<span className={hidden.hidden}> “{pinned.name}”</span>
              </button>
              <details className={styles.payload}>
                <summary>
                  Payload<span className={hidden.hidden}> of “{pinned.name}”</span>
                </summary>
                <HostileText as="block" text={pinned.payload} fold={2000} />
              </details>
            </li>
          ))}
        </ul>
      )}
      {pinnable === undefined ? (
        <PinAdvice />
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void pinNow();
          }}
        >
          <label htmlFor={nameId}>Name (optional)</label>
          <input
            id={nameId}
            className={styles.input}
            maxLength={60}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit">Pin as a check</button>
        </form>
      )}
      <StatusRegion className={styles.note}>
        {note && <span className={note.isProblem ? styles.problem : undefined}>{note.text}</span>}
      </StatusRegion>
    </section>
  );
}
