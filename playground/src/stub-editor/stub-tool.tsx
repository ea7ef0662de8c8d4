import { useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { TabList, TabPanel, useTabNames } from '../text/tabs.tsx';
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
  const names = useTabNames<string>();
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
        <div>
          <TabList
            {...{ names, shown }}
            tabs={stubs.map((file) => ({ id: file, title: file.split('/').at(-1) ?? file }))}
            onShow={setShown}
            label="Files"
            className={styles.files}
            tabClassName={styles.file}
          />
          {stubs.map((file) => (
            <TabPanel
              key={file}
              {...{ names }}
              id={file}
              shown={file === shown}
              className={styles.panel}
            >
              {editorOf(file)}
            </TabPanel>
          ))}
        </div>
      )}
    </div>
  );
}
