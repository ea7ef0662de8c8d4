import type { TopicSummary } from '../../lab-api.ts';
import { FlowWalkthrough } from '../flow/flow-walkthrough.tsx';
import { useFlowDescription } from '../lab-client/use-flow-description.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './tool-page.module.css';

interface FlowPageProps {
  /** Id of the step to show; without it, the first. */
  step: string | undefined;
  topics: TopicSummary[];
}

export function FlowPage({ step, topics }: FlowPageProps) {
  usePageChange('flow', 'The OAuth flow, step by step');
  const { flow, tryAgain } = useFlowDescription();
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>The OAuth flow, step by step</h1>
        <p>
          This is how a client that knows one address comes to call a tool for a user. Every walk
          sends real requests to all three servers. Look at it done honestly first, then spoil a
          step and see what refuses it.
        </p>
      </div>
      <StatusRegion className={styles.status}>
        {flow.state === 'loading' && <p>Loading the steps…</p>}
      </StatusRegion>
      {flow.state === 'failed' && (
        <div className={styles.intro}>
          <p>The steps could not be loaded. {flow.message}</p>
          <p>
            <button type="button" onClick={tryAgain}>
              Try again
            </button>
          </p>
        </div>
      )}
      {flow.state === 'ready' && (
        <FlowWalkthrough description={flow.description} stepId={step} topics={topics} />
      )}
    </div>
  );
}
