import { useEffect, useState } from 'react';
import { describeProblem, fetchReference, fetchStub } from '../lab-client/lab-client.ts';
import { Differences } from '../stub-editor/differences.tsx';
import { StatusRegion } from '../text/status-region.tsx';

type State =
  | { state: 'loading' }
  | { state: 'ready'; own: string; reference: string }
  | { state: 'failed'; message: string };

/** One of the learner's files and the reference, line by line. */
export function ReferenceBeside({ file }: { file: string }) {
  const [state, setState] = useState<State>({ state: 'loading' });

  useEffect(() => {
    const { signal, abort } = leaving();
    Promise.all([fetchStub(file, signal), fetchReference(file, signal)]).then(
      ([{ text }, reference]) =>
        signal.aborted || setState({ state: 'ready', own: text, reference }),
      (error: unknown) =>
        signal.aborted || setState({ state: 'failed', message: describeProblem(error) }),
    );
    return abort;
  }, [file]);

  return (
    <div>
      <p>
        <code>{file}</code>: − in yours, + in the reference
      </p>
      <StatusRegion>
        {state.state === 'loading' && 'Loading…'}
        {state.state === 'failed' && state.message}
        {state.state === 'ready' && state.own === state.reference && 'They are the same.'}
      </StatusRegion>
      {state.state === 'ready' && state.own !== state.reference && (
        <Differences
          before={{ where: 'In yours', text: state.own }}
          after={{ where: 'In the reference', text: state.reference }}
        />
      )}
    </div>
  );
}

function leaving(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
