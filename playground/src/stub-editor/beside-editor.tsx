import { useEffect, useState } from 'react';
import { describeProblem, fetchGiven, fetchShipped } from '../lab-client/lab-client.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { ScrollRegion } from '../text/scroll-region.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './beside-editor.module.css';
import { Differences } from './differences.tsx';

interface BesideEditorProps {
  /** Of the learner. */
  file: string;
  /** As the editor shows it. */
  text: string;
}

/** To look things up while one writes: what was changed, the contracts, and the given server. */
export function BesideEditor({ file, text }: BesideEditorProps) {
  const [open, setOpen] = useState({ changes: false, given: false });
  return (
    <div className={styles.beside}>
      <details onToggle={({ currentTarget: { open: changes } }) => setOpen({ ...open, changes })}>
        <summary>What you changed</summary>
        {open.changes && <Changes file={file} text={text} />}
      </details>
      <details onToggle={({ currentTarget: { open: given } }) => setOpen({ ...open, given })}>
        <summary>
          The contracts (<code>controls.ts</code>) and the given server
        </summary>
        {open.given && <Given />}
      </details>
    </div>
  );
}

function Changes({ file, text }: BesideEditorProps) {
  const shipped = useText(fetchShipped, file);
  return (
    <>
      <StatusRegion>
        {shipped.problem}
        {shipped.text === text && 'Nothing yet: it is as it was shipped.'}
      </StatusRegion>
      {shipped.text !== undefined && shipped.text !== text && (
        <Differences
          before={{ where: 'As shipped', text: shipped.text }}
          after={{ where: 'In the editor', text }}
        />
      )}
    </>
  );
}

function Given() {
  const { catalogue } = useLab();
  const files = catalogue.state === 'ready' ? catalogue.catalogue.given : [];
  const [file, setFile] = useState(files[0] ?? '');
  const { text, problem } = useText(fetchGiven, file);
  return (
    <>
      <label className={styles.file}>
        File{' '}
        <select value={file} onChange={({ target }) => setFile(target.value)}>
          {files.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <StatusRegion>{problem}</StatusRegion>
      {text !== undefined && (
        <ScrollRegion label={file} className={styles.given}>
          <pre>
            <code>{text}</code>
          </pre>
        </ScrollRegion>
      )}
    </>
  );
}

interface FetchedText {
  text?: string;
  problem?: string;
}

/** The text of a file that nobody edits; nothing until it is there. */
function useText(
  fetchText: (file: string, signal: AbortSignal) => Promise<string>,
  file: string,
): FetchedText {
  const [fetched, setFetched] = useState<FetchedText & { file?: string }>({});
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    fetchText(file, signal).then(
      (text) => signal.aborted || setFetched({ file, text }),
      (error: unknown) => signal.aborted || setFetched({ file, problem: describeProblem(error) }),
    );
    return () => leaving.abort();
  }, [fetchText, file]);
  return fetched.file === file ? fetched : {};
}
