import { useEffect, useRef, useState } from 'react';
import type { StudyEvent, TargetName } from '../../lab-api.ts';
import { askForStudy, describeProblem, LabError } from './lab-client.ts';

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
  /** Ends a study that is under way and begins another. */
  study: (request: Request) => void;
  /** Repeats the latest study at `yours`, and keeps what the other targets answered. */
  studyYoursAgain: () => void;
}

/** Asks targets the same thing, one request at a time; `path` is a route of the lab. */
export function useStudy<Request extends { targets: TargetName[] }, Study>(
  path: string,
): Studying<Request, Study> {
  const [run, setRun] = useState<StudyRun<Request, Study>>({ state: 'idle', outcomes: {} });
  const underWay = useRef<AbortController>(undefined);

  useEffect(() => () => underWay.current?.abort(), []);

  async function follow(request: Request, targets: TargetName[], before: StudyOutcomes<Study>) {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    let awaited = targets;
    let outcomes = before;
    setRun({ state: 'running', request, awaited, outcomes });
    try {
      const events = await askForStudy<Study>(path, { ...request, targets }, stopped.signal);
      for await (const event of events) {
        if (stopped.signal.aborted) return;
        if (event.type === 'done') {
          setRun({ state: 'done', request, outcomes });
          return;
        }
        outcomes = { ...outcomes, [event.target]: event };
        awaited = awaited.filter((name) => name !== event.target);
        setRun({ state: 'running', request, awaited, outcomes });
      }
      throw new LabError('The lab stopped before every target had answered.', 0);
    } catch (error) {
      if (stopped.signal.aborted) return;
      setRun({ state: 'failed', request, outcomes, message: describeProblem(error) });
    }
  }

  return {
    run,
    study: (request) => void follow(request, request.targets, run.outcomes),
    studyYoursAgain() {
      if (run.state === 'idle' || !run.request.targets.includes('yours')) return;
      const awaited = run.state === 'running' ? run.awaited : [];
      void follow(run.request, [...new Set([...awaited, 'yours' as const])], run.outcomes);
    },
  };
}

/** What targets have answered to the latest request. */
export function answeredIn<Request, Study>(run: StudyRun<Request, Study>): StudyOutcomes<Study> {
  const answered = { ...run.outcomes };
  if (run.state === 'running') for (const name of run.awaited) delete answered[name];
  return answered;
}
