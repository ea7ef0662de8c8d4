import { usePageChange } from '../layout/use-page-change.ts';
import { ServerAudit } from '../server-audit/server-audit.tsx';
import styles from './tool-page.module.css';

export function ServerAuditPage() {
  usePageChange('server-audit', 'A server of your own');
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>A server of your own</h1>
        <p>
          Any MCP server on this machine, asked from outside what this course is about. The audit
          sends at most 60 requests, one after the other, and judges each revision that the server
          speaks. It is the same as <code>npm run audit</code>, which also asks servers elsewhere
          that you may audit, calls a tool, compares two users, and keeps a baseline.
        </p>
      </div>
      <ServerAudit />
    </div>
  );
}
