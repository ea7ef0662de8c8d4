import { navigate } from 'wouter/use-hash-location';
import type { FlowId } from '../../../studies/flow/shared.ts';
import type { TopicSummary } from '../../lab-api.ts';
import { FlowWalkthrough } from '../flow/flow-walkthrough.tsx';
import { useFlows } from '../lab-client/use-flows.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import { flowHref } from '../place.ts';
import { OneOf } from '../text/one-of.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './tool-page.module.css';

interface FlowPageProps {
  flowId: FlowId;
  /** Id of the step to show; without it, the first. */
  step: string | undefined;
  topics: TopicSummary[];
}

export function FlowPage({ flowId, step, topics }: FlowPageProps) {
  usePageChange('flow', 'The OAuth flow, step by step');
  const { loaded, tryAgain } = useFlows();
  const flows = loaded.state === 'ready' ? loaded.flows : [];
  const flow = flows.find(({ id }) => id === flowId);
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>The OAuth flow, step by step</h1>
        <p>
          Every walk sends real requests to all three servers. Look at a flow done honestly first,
          then spoil a step and see what refuses it.
        </p>
      </div>
      <StatusRegion className={styles.status}>
        {loaded.state === 'loading' && <p>Loading the steps…</p>}
      </StatusRegion>
      {loaded.state === 'failed' && (
        <div className={styles.intro}>
          <p>The steps could not be loaded. {loaded.message}</p>
          <p>
            <button type="button" onClick={tryAgain}>
              Try again
            </button>
          </p>
        </div>
      )}
      {flow && (
        <>
          <div className={styles.intro}>
            <OneOf
              legend="Flow"
              legendIs="unseen"
              options={flows.map(({ id, title, note }) => ({ value: id, title, note }))}
              value={flowId}
              // As with steps, the back button leaves the page.
              onValue={(id) => navigate(flowHref(id), { replace: true })}
            />
            <p>{flow.about}</p>
          </div>
          <FlowWalkthrough key={flowId} flow={flow} stepId={step} topics={topics} />
        </>
      )}
    </div>
  );
}
