import { prettyJson } from '../differences/compare-exchanges.ts';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './exchange-view.module.css';

interface HttpMessageProps {
  /** Method and path, or status. */
  start: string;
  headers: Record<string, string>;
  body: string;
  /** Bytes of the body that the lab has left out. */
  more: number | undefined;
}

const MOST_HEADERS = 60;

/** Start line, headers and body of a request or an answer. */
export function HttpMessage({ start, headers, body, more }: HttpMessageProps) {
  const entries = Object.entries(headers);
  return (
    <div className={styles.message}>
      <p className={styles.start}>
        <HostileText text={start} />
      </p>
      {entries.length > 0 && (
        <dl className={styles.headers}>
          {entries.slice(0, MOST_HEADERS).map(([name, value]) => (
            <div key={name}>
              <dt>
                <HostileText text={name} fold={120} />
              </dt>
              <dd>
                <HostileText text={value} fold={160} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {entries.length > MOST_HEADERS && (
        <p className={styles.id}>And {entries.length - MOST_HEADERS} more headers.</p>
      )}
      {body === '' ? (
        <p className={styles.id}>No body</p>
      ) : (
        <HostileText text={prettyJson(body) ?? body} as="block" fold={1200} />
      )}
      {more !== undefined && (
        <p className={styles.id}>
          … and {more.toLocaleString('en')} more bytes, which the lab left out.
        </p>
      )}
    </div>
  );
}
