import type { Tally } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { useOnStubChange } from '../lab-client/use-on-stub-change.ts';
import { useLabFiring } from '../lab-client/use-lab-firing.ts';
import type { Outcome, Shot } from '../lab-client/shot.ts';

/** Fires, remembers verdicts against the learner's server, and fires again when a file is saved. */
export function useConsoleFiring(
  slug: string,
  /** A server has answered, for the first time or again. */
  onAnswer: (shot: Shot, outcome: Outcome) => void,
) {
  const { mark } = useLab();
  const { run, fire, fireAgain, stop } = useLabFiring(slug, keepVerdict);

  function keepVerdict(shot: Shot, outcome: Outcome, tally: Tally | undefined): void {
    onAnswer(shot, outcome);
    if (outcome.target !== 'yours') return;
    if (shot.kind !== 'attack' || outcome.type !== 'report') return;
    const { attackId } = outcome.report;
    const verdict = tally?.breached ? 'breached' : outcome.report.verdict;
    // A payload of the learner's own proves a breach; that it is harmless proves nothing.
    if (shot.request.payload !== undefined && verdict !== 'breached') return;
    mark(shot.slug, { verdicts: { [attackId]: verdict } });
  }

  useOnStubChange((changed) => {
    if (run.state !== 'idle' && run.shot.slug === changed) fireAgain();
  });

  return { run, fire, stop };
}
