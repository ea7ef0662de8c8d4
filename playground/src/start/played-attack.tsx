import type { AttackSummary } from '../../lab-api.ts';
import { attackHref } from '../place.ts';
import { ScrollRegion } from '../text/scroll-region.tsx';
import { Lanes } from '../way/lanes.tsx';
import styles from './played-attack.module.css';
import { usePlayedAttack } from './use-played-attack.ts';

interface PlayedAttackProps {
  slug: string;
  attack: AttackSummary;
}

/** One attack, fired for real when the page is opened, with what it sent and its three verdicts. */
export function PlayedAttack({ slug, attack }: PlayedAttackProps) {
  const { run, play } = usePlayedAttack(slug, attack);
  return (
    <section className={styles.stage} aria-label={`Played: ${attack.title}`}>
      <header className={styles.head}>
        <h2 className={styles.title}>{attack.title}</h2>
        <button type="button" onClick={play} aria-disabled={run?.state === 'running'}>
          Play again
        </button>
      </header>
      <ScrollRegion label="What is sent" className={styles.sent}>
        <pre>{Object.values(attack.variants)[0]}</pre>
      </ScrollRegion>
      <div className={styles.lanes}>
        <Lanes slug={slug} run={run} />
      </div>
      <footer className={styles.foot}>
        <p>Fired at your own three servers a moment ago. Nobody stole a key. Nobody needed one.</p>
        <a href={attackHref(attack.id)}>Fire it yourself</a>
      </footer>
    </section>
  );
}
