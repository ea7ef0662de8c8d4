import type { TopicSummary } from '../../lab-api.ts';
import { TopicLink } from '../flow/topic-link.tsx';
import { usePageChange } from '../layout/use-page-change.ts';
import { flowHref, hrefOf } from '../place.ts';
import styles from './benches-page.module.css';
import toolPage from './tool-page.module.css';

interface BenchesPageProps {
  topics: TopicSummary[];
}

const benches = [
  {
    href: flowHref(),
    title: 'The OAuth flow, step by step',
    slug: '03-pkce',
    about: 'Walk the eight steps from discovery to a call, spoil one, and see what refuses it.',
  },
  {
    href: hrefOf('envelope'),
    title: 'Envelopes on the bench',
    slug: '07-credentials',
    about: 'Take an encrypted credential apart, byte by byte, change it, and try to open it.',
  },
  {
    href: hrefOf('burst'),
    title: 'Bursts against the limit',
    slug: '10-rate-limits',
    about: 'Fire bursts over two minutes of a clock that can be moved, and see which calls ran.',
  },
  {
    href: hrefOf('forensics'),
    title: 'After the incident',
    slug: '12-audit-log',
    about: 'Something happened. Find out what, with nothing but what your own log kept.',
  },
  {
    href: hrefOf('audit'),
    title: 'The security audit',
    slug: '14-secure-server',
    about: 'Fire the whole catalogue at your whole server, and keep the checklist it fills in.',
  },
];

/** Where one topic can be seen at work. */
export function BenchesPage({ topics }: BenchesPageProps) {
  usePageChange('benches', 'Benches');
  return (
    <div className={toolPage.page}>
      <div className={toolPage.intro}>
        <h1 tabIndex={-1}>Benches</h1>
        <p>
          A console shows whether an attack worked. A bench shows how a thing works inside, on the
          same three servers.
        </p>
      </div>
      <ul className={styles.benches}>
        {benches.map(({ href, title, slug, about }) => (
          <li key={href} className={styles.bench}>
            <h2 className={styles.title}>
              <a href={href}>{title}</a>
            </h2>
            <p>{about}</p>
            <p className={styles.topic}>
              <TopicLink slug={slug} topics={topics} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
