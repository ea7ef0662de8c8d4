import type { Exchange } from '../../../lab/protocol.ts';
import { Heading } from '../text/heading.tsx';
import { describeStatus } from './describe-answer.ts';
import { CacheSays } from './cache-says.tsx';
import { CarriedState } from './carried-state.tsx';
import { CopyAsCurl } from './copy-as-curl.tsx';
import { HttpMessage } from './http-message.tsx';
import styles from './exchange-view.module.css';

interface ExchangeViewProps {
  exchange: Exchange;
}

/** One request and its answer as they went over the wire. */
export function ExchangeView({ exchange }: ExchangeViewProps) {
  const { request, response, requestId } = exchange;
  return (
    <div className={styles.exchange}>
      <Heading depth={4} className={styles.title}>
        Request <span className={styles.id}>{requestId}</span>
      </Heading>
      <HttpMessage
        start={`${request.method} ${request.path}`}
        headers={request.headers}
        body={request.body}
        more={request.more}
      />
      <CarriedState body={request.body} />
      <CopyAsCurl exchange={exchange} />
      <Heading depth={4} className={styles.title}>
        Response
      </Heading>
      <HttpMessage
        start={describeStatus(response)}
        headers={response.headers}
        body={response.body}
        more={response.more}
      />
      <CarriedState body={response.body} />
      <CacheSays body={response.body} />
    </div>
  );
}
