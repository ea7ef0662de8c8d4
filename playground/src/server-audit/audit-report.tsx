import type { JudgedItem } from '../../../audit/audit-server.ts';
import type { AuditRun } from '../lab-client/use-server-audit.ts';
import { topicHref } from '../place.ts';
import { downloadText } from '../text/download-text.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { Prose } from '../text/prose.tsx';
import { ReferenceLink } from '../text/reference-link.tsx';
import styles from './audit-report.module.css';

const WORDS = {
  pass: { icon: 'works', word: 'passed' },
  'cannot-tell': { icon: 'inconclusive', word: 'cannot be told' },
  'not-applicable': { icon: 'notStarted', word: 'do not apply' },
} as const;

/** What was found: what to mend first, and then the rest, folded. */
export function AuditReport({ result, reports }: Extract<AuditRun, { state: 'done' }>) {
  const { url, requests, seconds, revisions, unreachable, items } = result;
  const failed = items.filter(({ state }) => state === 'fail');
  return (
    <>
      <p className={styles.facts}>
        <code>
          <HostileText text={url} />
        </code>
        , {requests} requests in {seconds.toFixed(1)} s.{' '}
        {revisions.length > 0 && `It speaks ${revisions.join(' and ')}; each was judged.`}
      </p>
      {unreachable !== undefined && (
        <p>
          There was nothing to judge. <HostileText text={unreachable} />
        </p>
      )}
      <div className={styles.tools}>
        <button type="button" onClick={() => downloadText('audit.html', reports.html, 'text/html')}>
          Save as a page
        </button>
        <button
          type="button"
          onClick={() =>
            downloadText('audit.json', JSON.stringify(result, undefined, 2), 'application/json')
          }
        >
          Save as JSON
        </button>
        <button
          type="button"
          onClick={() => downloadText('audit.sarif', reports.sarif, 'application/json')}
        >
          Save as SARIF
        </button>
      </div>
      {failed.length > 0 && (
        <section className={styles.part} aria-label="What to mend">
          <h2>What to mend, the gravest first</h2>
          <ol className={styles.items}>
            {failed.map((item) => (
              <ToMend key={item.id} item={item} />
            ))}
          </ol>
        </section>
      )}
      {(['cannot-tell', 'pass', 'not-applicable'] as const).map((state) => {
        const own = items.filter((item) => item.state === state);
        return own.length === 0 ? null : <Others key={state} state={state} items={own} />;
      })}
    </>
  );
}

function ToMend({ item }: { item: JudgedItem }) {
  const { id, title, level, gravity, evidence, fix, fixes = [], reference, lesson } = item;
  const [, slug = '', anchor] = /^lessons\/(.+)\.md(?:#(.*))?$/.exec(lesson) ?? [];
  return (
    <li className={styles.item}>
      <span className={styles[gravity]}>{gravity}</span>
      <div className={styles.what}>
        <h3 className={styles.title}>
          {title}{' '}
          <span className={styles.id}>
            <code>{id}</code>, {level}
          </span>
        </h3>
        <p className={styles.evidence}>
          <HostileText text={evidence} />
        </p>
        <p>
          <Prose text={fix} />
        </p>
        {fixes.map((one) => (
          <p key={one}>
            <Prose text={one} />
          </p>
        ))}
        <p className={styles.evidence}>
          <a href={topicHref(slug, anchor)}>The lesson</a>, <ReferenceLink reference={reference} />
        </p>
      </div>
    </li>
  );
}

function Others({ state, items }: { state: keyof typeof WORDS; items: JudgedItem[] }) {
  const { icon, word } = WORDS[state];
  return (
    <details className={styles.part}>
      <summary>
        <Icon name={icon} /> {items.length} {word}
      </summary>
      <ul className={styles.items}>
        {items.map(({ id, title, evidence }) => (
          <li key={id}>
            {title}{' '}
            <span className={styles.id}>
              <code>{id}</code>
            </span>
            <span className={styles.evidence}>
              <HostileText text={evidence} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
