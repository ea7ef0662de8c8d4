import type { Exchange } from '../../../lab/protocol.ts';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import { Heading } from '../text/heading.tsx';
import hidden from '../text/hidden.module.css';
import { HostileText } from '../text/hostile-text.tsx';
import { describeAnswer } from './describe-answer.ts';
import styles from './gateway-readings.module.css';

interface GatewayReadingsProps {
  exchanges: Exchange[];
  tape: TapeEntry[];
}

/** Of the request that a gateway let pass: what it read, and what the server read and did. */
export function GatewayReadings({ exchanges, tape }: GatewayReadingsProps) {
  const passed = exchanges.find(({ readings }) => readings);
  if (!passed?.readings) return null;
  const ran = tape.find(({ kind, requestId }) => kind === 'tool' && requestId === passed.requestId);
  return (
    <div>
      <Heading depth={3} className={styles.title}>
        Gateway and server, side by side
      </Heading>
      <table className={styles.table} aria-label="Gateway and server, side by side">
        <thead>
          <tr>
            <th scope="col">
              <span className={hidden.hidden}>What</span>
            </th>
            <th scope="col">Gateway, by headers</th>
            <th scope="col">Server, by body</th>
          </tr>
        </thead>
        <tbody>
          {passed.readings.map(({ what, inHeaders, inBody }) => {
            const differs = inHeaders !== inBody;
            return (
              <tr key={what} className={differs ? styles.differs : undefined}>
                <th scope="row">
                  {what} {differs && <span className={styles.note}>differs</span>}
                </th>
                <Value text={inHeaders} />
                <Value text={inBody} />
              </tr>
            );
          })}
          <tr>
            <th scope="row">What it did</th>
            <td>Let it pass</td>
            <td>
              {ran?.kind === 'tool' ? (
                <>
                  Ran{' '}
                  <code>
                    <HostileText text={ran.tool} cut={80} />
                  </code>
                </>
              ) : (
                <>
                  Ran nothing: <HostileText text={describeAnswer(passed.response)} cut={80} />
                </>
              )}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Value({ text }: { text: string | undefined }) {
  return (
    <td>
      {text === undefined ? (
        <span className={styles.note}>nothing</span>
      ) : (
        <code>
          <HostileText text={text} fold={120} />
        </code>
      )}
    </td>
  );
}
