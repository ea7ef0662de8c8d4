import type { Sabotage, WalkedStep } from '../../../studies/flow/shared.ts';
import type { TopicSummary } from '../../lab-api.ts';
import { Heading } from '../text/heading.tsx';
import { Icon } from '../text/icon.tsx';
import styles from './refusal-report.module.css';
import { RefusalItem } from './refusal-item.tsx';
import { TopicLink } from './topic-link.tsx';

interface RefusalReportProps {
  walked: WalkedStep;
  sabotages: readonly Sabotage[];
  topics: TopicSummary[];
}

/** What was spoiled in a step, and who refused it or should have. */
export function RefusalReport({ walked, sabotages, topics }: RefusalReportProps) {
  const { outcome, refusals } = walked;
  const spoiled = sabotages.filter(({ id }) => walked.sabotages.includes(id));
  const passed = outcome === 'done' && spoiled.length > 0;
  const slugs = [...new Set(spoiled.map(({ topic }) => topic))];
  if (outcome === 'not-reached') return null;
  return (
    <>
      {spoiled.length > 0 && (
        <p>
          Spoiled: <strong>{spoiled.map(({ label }) => label).join('; ')}</strong>
        </p>
      )}
      {passed && (
        <p>
          <span className={styles.passed}>
            <Icon name="breached" />{' '}
            {refusals.length === 0 ? 'Nothing refused it.' : 'Not all of it was refused.'}
          </span>{' '}
          {slugs.map((slug, i) => (
            <span key={slug}>
              {i > 0 && ' and '}
              <TopicLink slug={slug} topics={topics} />
            </span>
          ))}{' '}
          {slugs.length === 1 ? 'shows what should.' : 'show what should.'}
        </p>
      )}
      {outcome === 'refused' && refusals.length === 0 && (
        <p>No control put its name to the refusal; the answer below is all there is.</p>
      )}
      {refusals.length > 0 && (
        <div>
          <Heading depth={3} className={styles.title}>
            Refused by
          </Heading>
          <ul className={styles.list}>
            {refusals.map((refusal, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- a walk never changes
              <RefusalItem key={i} refusal={refusal} topics={topics} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
