import type { Exchange } from '../../../grader/attacks/attack.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Heading } from '../text/heading.tsx';
import { describeStatus } from './describe-answer.ts';
import styles from './exchange-view.module.css';

interface ExchangeViewProps {
  exchange: Exchange;
}

/** One request and its answer as they went over the wire. */
export function ExchangeView({ exchange: { request, response, requestId } }: ExchangeViewProps) {
  return (
    <div className={styles.exchange}>
      <Heading depth={4} className={styles.title}>
        Request <span className={styles.id}>{requestId}</span>
      </Heading>
      <Message
        start={`${request.method} ${request.path}`}
        headers={request.headers}
        body={request.body}
      />
      <Heading depth={4} className={styles.title}>
        Response
      </Heading>
      <Message start={describeStatus(response)} headers={response.headers} body={response.body} />
    </div>
  );
}

interface MessageProps {
  start: string;
  headers: Record<string, string>;
  body: string;
}

const MOST_HEADERS = 60;

function Message({ start, headers, body }: MessageProps) {
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
        <HostileText text={body} as="block" fold={1200} />
      )}
    </div>
  );
}
