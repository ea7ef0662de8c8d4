import type { TokenReport } from '../../../studies/tokens/shared.ts';
import { describeStatus } from '../console/describe-answer.ts';
import { ExchangeView } from '../console/exchange-view.tsx';
import { SentenceList } from '../console/sentence-list.tsx';
import { Heading } from '../text/heading.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './token-answer.module.css';
import { wrongStatus } from './token-judgement.ts';

interface TokenAnswerProps {
  report: TokenReport;
}

/** Who the call ran as, or how it was refused. */
export function TokenAnswer({ report }: TokenAnswerProps) {
  const { presented, defects, made, faults } = report;
  if (!presented) return null;
  const { ran, fetched, exchange, error, errorDescription } = presented;
  const challenge = exchange.response.headers['www-authenticate'];
  const complaint = wrongStatus(report);
  return (
    <>
      <SentenceList title="Mistakes in your file" sentences={faults} />
      {ran ? (
        <p>
          <code>{ran.tool}</code> ran as{' '}
          <strong>
            <HostileText text={ran.subject} cut={120} />
          </strong>
          . The token names{' '}
          {typeof made.claims.scope === 'string' ? (
            <>
              the scopes{' '}
              <code>
                <HostileText text={made.claims.scope} cut={200} />
              </code>
              .
            </>
          ) : (
            'no scopes.'
          )}
        </p>
      ) : (
        <p>
          Nothing ran. The answer is <strong>{describeStatus(exchange.response)}</strong>.
        </p>
      )}
      {ran && (
        <SentenceList title="Accepted although" sentences={defects.map(({ what }) => what)} />
      )}
      <SentenceList title="Requests that the token made it send" sentences={fetched} />
      {challenge !== undefined && (
        <dl className={styles.challenge}>
          <dt>error</dt>
          <dd>{error === undefined ? 'none' : <HostileText text={error} cut={120} />}</dd>
          <dt>error_description</dt>
          <dd>
            {errorDescription === undefined ? (
              'none'
            ) : (
              <HostileText text={errorDescription} cut={300} />
            )}
          </dd>
          <dt>WWW-Authenticate</dt>
          <dd>
            <code>
              <HostileText text={challenge} fold={300} />
            </code>
          </dd>
        </dl>
      )}
      {complaint && <p className={styles.note}>{complaint}</p>}
      <details>
        <summary>
          <Heading depth={3} className={styles.summary}>
            The request and its answer
          </Heading>
        </summary>
        <ExchangeView exchange={exchange} />
      </details>
    </>
  );
}
