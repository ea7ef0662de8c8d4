import { use, useState } from 'react';
import type { Exchange } from '../../../lab/protocol.ts';
import hidden from '../text/hidden.module.css';
import { HostileText } from '../text/hostile-text.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { curlCommand } from './curl-command.ts';
import styles from './exchange-view.module.css';
import { ReplayContext } from './replay-context.ts';

interface CopyAsCurlProps {
  exchange: Exchange;
}

/** A command line that repeats the request at the same server, for as long as there is that server. */
export function CopyAsCurl({ exchange }: CopyAsCurlProps) {
  const replay = use(ReplayContext);
  const [state, setState] = useState<'fresh' | 'copied' | 'refused'>('fresh');
  if (!replay) return null;
  const made = curlCommand(exchange, replay);
  if ('problem' in made) return <p className={styles.id}>Not to be had as curl: {made.problem}</p>;

  async function copy(command: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(command);
      setState('copied');
    } catch {
      setState('refused');
    }
  }

  return (
    <div className={styles.curl}>
      <button type="button" onClick={() => void copy(made.command)}>
        Copy as curl
        <span className={hidden.hidden}>
          {' '}
          “<HostileText text={exchange.label} cut={80} />”
        </span>
      </button>
      <StatusRegion className={styles.id}>
        {state === 'copied' && (
          <>
            Copied, for a POSIX shell. The target must still be running: it keeps this server until
            the next shot at it, or until you save a file.
          </>
        )}
        {state === 'refused' && <>The browser did not let the page copy; here it is to select.</>}
      </StatusRegion>
      {state === 'refused' && <HostileText text={made.command} as="block" fold={4000} />}
    </div>
  );
}
