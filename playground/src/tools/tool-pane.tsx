import { Tabs } from '@base-ui/react/tabs';
import { useState, type ReactNode } from 'react';
import { Icon } from '../text/icon.tsx';
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
  return (
    <Tabs.Root className={styles.root} value={shown} onValueChange={(id: Id) => onShow(id)}>
      <div className={styles.bar}>
        <Tabs.List className={styles.list}>
          {tools.map(({ id, title }) => (
            <Tabs.Tab key={id} value={id} className={styles.tab} data-tool={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
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
        <Tabs.Panel
          key={id}
          value={id}
          keepMounted
          className={content === undefined ? styles.elsewhere : styles.panel}
        >
          {made.has(id) && content}
        </Tabs.Panel>
      ))}
      {foot}
    </Tabs.Root>
  );
}
