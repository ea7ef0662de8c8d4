import { useState, type ReactNode } from 'react';
import { Icon } from '../text/icon.tsx';
import { TabList, TabPanel, useTabNames } from '../text/tabs.tsx';
import styles from './tool-pane.module.css';

interface Tool<Id extends string> {
  id: Id;
  title: string;
  /** Undefined: what it shows stands elsewhere on the page. */
  content: ReactNode;
}

interface ToolPaneProps<Id extends string> {
  tools: Tool<Id>[];
  /** Id of the tool that is looked at. */
  shown: Id;
  onShow: (id: Id) => void;
  /** Whether the pane has all of the width, where there is a choice. */
  full: { is: boolean; toggle: () => void } | undefined;
  /** Stands under every tool. */
  foot: ReactNode;
}

/**
 * What one can do beside a lesson. A tool is made when it is looked at for the first time, and stays
 * as it is while another one is.
 */
export function ToolPane<Id extends string>(props: ToolPaneProps<Id>) {
  const { tools, shown, onShow, full, foot } = props;
  const [made, setMade] = useState(new Set([shown]));
  if (!made.has(shown)) setMade(new Set([...made, shown]));
  const names = useTabNames<Id>();
  return (
    <div className={styles.root}>
      <div className={styles.bar}>
        <TabList
          {...{ names, shown, onShow }}
          tabs={tools}
          className={styles.list}
          tabClassName={styles.tab}
        />
        {full && (
          <button
            type="button"
            className={styles.full}
            aria-pressed={full.is}
            onClick={full.toggle}
          >
            <Icon name="full" /> Full width
          </button>
        )}
      </div>
      {tools.map(({ id, content }) => (
        <TabPanel
          key={id}
          {...{ names, id }}
          shown={id === shown}
          className={content === undefined ? styles.elsewhere : styles.panel}
        >
          {made.has(id) && content}
        </TabPanel>
      ))}
      {foot}
    </div>
  );
}
