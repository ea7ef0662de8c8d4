import { useState } from 'react';
import type { TargetName, TopicSummary } from '../../lab-api.ts';
import { notedTargetOptions, targetTitles } from '../console/targets.ts';
import { useWholeServer } from '../lab-client/use-whole-server.ts';
import { downloadText } from '../text/download-text.ts';
import { OneOf } from '../text/one-of.tsx';
import { RunButton } from '../text/run-button.tsx';
import form from '../text/run-form.module.css';
import { StatusRegion } from '../text/status-region.tsx';
import { WholeServerTopic } from './whole-server-topic.tsx';
import { describeWholeServer } from './describe-whole-server.ts';
import { partOptions } from './part-options.ts';
import styles from './whole-server-check.module.css';

interface WholeServerCheckProps {
  topics: TopicSummary[];
}

/** Chooses a server, checks it, and shows the checklist as it fills in. */
export function WholeServerCheck({ topics }: WholeServerCheckProps) {
  const { run, start, stop } = useWholeServer();
  const [target, setTarget] = useState<TargetName>('yours');
  const [part, setPart] = useState(run.state === 'idle' ? 1 : run.part);
  const [onlyOpen, setOnlyOpen] = useState(false);
  const running = run.state === 'running';
  const items = run.state === 'idle' ? [] : run.items;

  return (
    <>
      <form
        className={form.tallForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (running) stop();
          else start({ target, part });
        }}
      >
        <OneOf
          legend="Attacks of topics"
          legendIs="above"
          options={partOptions(topics)}
          value={String(part)}
          onValue={(value) => setPart(Number(value))}
        />
        <OneOf
          legend="Server"
          legendIs="above"
          options={notedTargetOptions}
          value={target}
          onValue={setTarget}
        />
        <RunButton running={running} start="Run the check" stop="Stop the check" />
        {run.state !== 'idle' && (
          <progress
            className={form.progress}
            aria-label="Items checked"
            max={run.planned || 1}
            value={items.length}
          />
        )}
      </form>
      {/* A count for every item would be read out a hundred times. */}
      <StatusRegion className={form.status}>
        {run.state !== 'idle' && run.state !== 'running' && <p>{describeWholeServer(run)}</p>}
      </StatusRegion>
      {running && (
        <p className={styles.soFar}>
          {items.length} of {run.planned || '…'} items on {targetTitles[run.target]},{' '}
          {items.filter(({ holds }) => !holds).length} open
        </p>
      )}
      {items.length > 0 && (
        <div className={styles.tools}>
          <label>
            <input type="checkbox" checked={onlyOpen} onChange={() => setOnlyOpen(!onlyOpen)} />{' '}
            Only what is open
          </label>
          {run.state === 'done' && (
            <button
              type="button"
              onClick={() => downloadText('whole-server-check.md', run.report, 'text/markdown')}
            >
              Save as Markdown
            </button>
          )}
        </div>
      )}
      {topics.map((topic) => {
        const own = items.filter((item) => item.topic === topic.slug);
        const shown = onlyOpen ? own.filter(({ holds }) => !holds) : own;
        return (
          shown.length > 0 && (
            <WholeServerTopic key={topic.slug} topic={topic} items={shown} of={own} />
          )
        );
      })}
    </>
  );
}
