import { use, type ReactNode } from 'react';
import { judge } from '../console/judgement.ts';
import { targetNames, targetTitles } from '../console/targets.ts';
import hidden from '../text/hidden.module.css';
import { Icon } from '../text/icon.tsx';
import styles from './attack-link.module.css';
import { LessonFiringContext } from './lesson-firing.ts';

interface AttackLinkProps {
  href: string;
  id: string;
  variant: string | undefined;
  children: ReactNode;
}

/**
 * Shows an attack in the pane and fires it; the lesson stays. Afterwards the verdicts stand beside
 * the link, in the order of the lanes. Opened in a new tab, it is an address like any other.
 */
export function AttackLink({ href, id, variant, children }: AttackLinkProps) {
  const firing = use(LessonFiringContext);
  if (!firing?.knows(id)) return <a href={href}>{children}</a>;
  const latest = firing.latest[id] ?? {};
  const fired = targetNames.flatMap((name) => latest[name] ?? []);
  return (
    <span className={firing.shown === id ? styles.shown : styles.other}>
      <a
        className={styles.link}
        href={href}
        title="Fire it beside the lesson"
        aria-current={firing.shown === id ? 'true' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          firing.showAndFire(id, variant);
        }}
      >
        <Icon name="fire" />
        {children}
      </a>
      {fired.length > 0 && (
        <span className={styles.receipt}>
          {fired.map((outcome) => {
            const { icon, tone, word } = judge(outcome);
            return (
              <span
                key={outcome.target}
                className={styles[tone]}
                title={`${targetTitles[outcome.target]}: ${word}`}
              >
                <Icon name={icon} />
                <span className={hidden.hidden}>
                  {targetTitles[outcome.target]}: {word}.{' '}
                </span>
              </span>
            );
          })}
        </span>
      )}
    </span>
  );
}
