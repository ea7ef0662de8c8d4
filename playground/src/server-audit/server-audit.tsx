import { useId, useState } from 'react';
import { useServerAudit, type AuditRun } from '../lab-client/use-server-audit.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { RunButton } from '../text/run-button.tsx';
import form from '../text/run-form.module.css';
import { StatusRegion } from '../text/status-region.tsx';
import { AuditReport } from './audit-report.tsx';
import styles from './server-audit.module.css';

const MOST_REQUESTS = 60;
const EXAMPLE = 'http://127.0.0.1:3001/mcp';

/** Asks for an address, audits what is there, and shows what was found. */
export function ServerAudit() {
  const id = useId();
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [signIn, setSignIn] = useState(false);
  const { run, start, stop } = useServerAudit();
  const running = run.state === 'running';

  return (
    <>
      <form
        className={form.tallForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (running) stop();
          else start({ url: url.trim(), signIn, ...(token.trim() && { token: token.trim() }) });
        }}
      >
        <div className={styles.field}>
          <label htmlFor={`${id}-url`}>Address of the MCP endpoint</label>
          <input
            id={`${id}-url`}
            type="url"
            required
            placeholder={EXAMPLE}
            autoComplete="off"
            spellCheck={false}
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={`${id}-token`}>Access token, if you have one</label>
          <input
            id={`${id}-token`}
            type="password"
            autoComplete="off"
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
        </div>
        <label className={styles.signIn}>
          <input
            type="checkbox"
            checked={signIn}
            disabled={token !== ''}
            onChange={({ target }) => setSignIn(target.checked)}
          />{' '}
          Sign in to get one
        </label>
        <RunButton running={running} start="Audit it" stop="Stop the audit" />
        {running && (
          <progress
            className={form.progress}
            aria-label="Requests sent"
            max={MOST_REQUESTS}
            value={run.requests}
          />
        )}
      </form>
      <StatusRegion className={form.status}>
        <Standing run={run} />
      </StatusRegion>
      {run.state === 'done' && <AuditReport {...run} />}
    </>
  );
}

function Standing({ run }: { run: AuditRun }) {
  switch (run.state) {
    case 'idle':
      return null;
    case 'running':
      return run.signInAt === undefined ? (
        <p>Asking…</p>
      ) : (
        <p>
          The audit waits three minutes for you to{' '}
          <a href={run.signInAt} target="_blank" rel="noreferrer">
            sign in
          </a>
          .
        </p>
      );
    case 'stopped':
      return <p>Stopped after {run.requests} requests.</p>;
    case 'failed':
      return (
        <p>
          <HostileText text={run.message} />
        </p>
      );
    case 'done':
      return <p>{run.counts}.</p>;
  }
}
