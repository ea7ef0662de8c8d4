import type { TokenReport } from '../../../studies/tokens/shared.ts';
import type { TokenRequest } from '../../lab-api.ts';
import { byTarget, targetNames, targetTitles } from '../console/targets.ts';
import { VerdictStrip } from '../console/verdict-strip.tsx';
import { answeredIn, type StudyRun } from '../lab-client/use-study.ts';
import styles from './study-status.module.css';
import { judgeToken } from './token-judgement.ts';

interface StudyStatusProps {
  run: StudyRun<TokenRequest, TokenReport>;
}

/** How far the making or the firing is, for the status region. */
export function StudyStatus({ run }: StudyStatusProps) {
  if (run.state === 'idle') return null;
  const answered = answeredIn(run);
  const failure = run.state === 'failed' ? run.message : undefined;
  if (run.request.present) {
    return (
      <VerdictStrip
        targets={targetNames}
        judgements={byTarget(answered, judgeToken)}
        waitingFor={run.state === 'running' ? 'firing' : undefined}
        failure={failure}
      />
    );
  }
  if (failure !== undefined) return <p className={styles.failure}>{failure}</p>;
  if (run.state === 'running') return <p>The token is being made.</p>;
  const without = targetNames.filter((name) => answered[name]?.type === 'broken');
  return without.length === 0 ? (
    <p>The token is made. No server has seen it yet.</p>
  ) : (
    <p className={styles.failure}>
      No token could be made for: {without.map((name) => targetTitles[name]).join(', ')}.
    </p>
  );
}
