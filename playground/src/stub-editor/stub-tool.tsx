import { Tabs } from '@base-ui/react/tabs';
import { useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { StubEditor } from './stub-editor.tsx';
import styles from './stub-tool.module.css';
import { useLoadProblem } from './use-load-problem.ts';

interface StubToolProps {
  topic: TopicSummary;
}

/** The learner's files of a topic, each in an editor that stays as it is while another is shown. */
export function StubTool({ topic }: StubToolProps) {
  const { slug, stubs } = topic;
  const [shown, setShown] = useState(stubs[0]);
  const loadProblem = useLoadProblem(slug);
  const title = stubs.length === 1 ? 'Your file' : 'Your files';
  const [only, ...others] = stubs;
  const editorOf = (file: string) => (
    <StubEditor
      file={file}
      slug={slug}
      loadProblem={loadProblem}
      shown={others.length === 0 || file === shown}
    />
  );
  return (
    <div className={styles.tool}>
      <h2 className={styles.title}>{title}</h2>
      {only !== undefined && others.length === 0 ? (
        editorOf(only)
      ) : (
        <Tabs.Root value={shown} onValueChange={(file: string) => setShown(file)}>
          <Tabs.List className={styles.files} aria-label="Files">
            {stubs.map((file) => (
              <Tabs.Tab key={file} value={file} className={styles.file}>
                {file.split('/').at(-1)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {stubs.map((file) => (
            <Tabs.Panel key={file} value={file} keepMounted className={styles.panel}>
              {editorOf(file)}
            </Tabs.Panel>
          ))}
        </Tabs.Root>
      )}
    </div>
  );
}
