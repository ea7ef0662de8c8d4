import { useEffect, useRef, useState } from 'react';
import type { Studies, StudyEvent, TargetName } from '../../lab-api.ts';
import { askForStudy, describeProblem, LabError } from './lab-client.ts';
import { useOnStubChange } from './use-on-stub-change.ts';

export type StudyOutcome<Study> = Exclude<StudyEvent<Study>, { type: 'done' }>;
export type StudyOutcomes<Study> = Partial<Record<TargetName, StudyOutcome<Study>>>;

export type StudyRun<Request, Study> =
  | { state: 'idle'; outcomes: StudyOutcomes<Study> }
  /** `outcomes` holds what targets answered the time before until they answer again. */
  | {
      state: 'running';
      request: Request;
      awaited: TargetName[];
      outcomes: StudyOutcomes<Study>;
    }
  | { state: 'done'; request: Request; outcomes: StudyOutcomes<Study> }
  | { state: 'failed'; request: Request; outcomes: StudyOutcomes<Study>; message: string };

export interface Studying<Request, Study> {
  run: StudyRun<Request, Study>;
  /**
   * Ends a study that is under way and begins another: now, or when nothing else was asked for so
   * many milliseconds.
   */
  study: (request: Request, afterMs?: number) => void;
}

/** Long enough to type on, or to turn two switches in a row. */
export const SETTLE_MS = 250;

/**
 * Asks targets the same thing, one request at a time.
 *
 * @param isAbout whether a change of this topic's files means another answer of the learner's server;
 *   then that is asked again, and what the other targets answered is kept
 */
export function useStudy<Path extends keyof Studies>(
  path: Path,
  isAbout: (slug: string) => boolean = () => false,
): Studying<Studies[Path]['request'], Studies[Path]['study']> {
  type Request = Studies[Path]['request'];
  type Study = Studies[Path]['study'];
  const [run, setRun] = useState<StudyRun<Request, Study>>({ state: 'idle', outcomes: {} });
  const underWay = useRef<AbortController>(undefined);
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(
    () => () => {
      clearTimeout(soon.current);
      underWay.current?.abort();
    },
    [],
  );

  useOnStubChange((slug) => {
    if (!isAbout(slug) || run.state === 'idle' || !run.request.targets.includes('yours')) return;
    const awaited = run.state === 'running' ? run.awaited : [];
    void follow(run.request, [...new Set([...awaited, 'yours' as const])]);
  });

  async function follow(request: Request, targets: TargetName[]): Promise<void> {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    setRun(({ outcomes }) => ({ state: 'running', request, awaited: targets, outcomes }));
    try {
      const events = await askForStudy(path, { ...request, targets }, stopped.signal);
      for await (const event of events) {
        if (stopped.signal.aborted) return;
        if (event.type === 'done') {
          setRun(({ outcomes }) => ({ state: 'done', request, outcomes }));
          return;
        }
        setRun((before) => withOutcome(before, event));
      }
      throw new LabError('The lab stopped before every target had answered.', 0);
    } catch (error) {
      if (stopped.signal.aborted) return;
      const message = describeProblem(error);
      setRun(({ outcomes }) => ({ state: 'failed', request, outcomes, message }));
    }
  }

  function study(request: Request, afterMs?: number): void {
    clearTimeout(soon.current);
    const begin = (): void => void follow(request, request.targets);
    if (afterMs === undefined) begin();
    else soon.current = setTimeout(begin, afterMs);
  }

  return { run, study };
}

function withOutcome<Request, Study>(
  run: StudyRun<Request, Study>,
  outcome: StudyOutcome<Study>,
): StudyRun<Request, Study> {
  const outcomes = { ...run.outcomes, [outcome.target]: outcome };
  if (run.state !== 'running') return { ...run, outcomes };
  return { ...run, awaited: run.awaited.filter((name) => name !== outcome.target), outcomes };
}

/** What targets have answered to the latest request. */
export function answeredIn<Request, Study>(run: StudyRun<Request, Study>): StudyOutcomes<Study> {
  const answered = { ...run.outcomes };
  if (run.state === 'running') for (const name of run.awaited) delete answered[name];
  return answered;
}
