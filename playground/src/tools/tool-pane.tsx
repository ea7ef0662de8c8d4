import { Tabs } from '@base-ui/react/tabs';
import { useState, type ReactNode } from 'react';
import styles from './tool-pane.module.css';

export interface Tool {
  id: string;
  title: string;
  content: ReactNode;
}

interface ToolPaneProps {
  /** The first is shown at first. */
  tools: [Tool, ...Tool[]];
}

/**
 * What one can do beside a lesson. A tool is made when it is looked at for the first time, and stays
 * as it is while another one is.
 */
export function ToolPane({ tools }: ToolPaneProps) {
  const [first, ...others] = tools;
  const [shown, setShown] = useState(first.id);
  const [made, setMade] = useState(new Set([first.id]));
  if (others.length === 0) return first.content;
  return (
    <Tabs.Root
      value={shown}
      onValueChange={(id: string) => {
        setShown(id);
        setMade(new Set([...made, id]));
      }}
    >
      <Tabs.List className={styles.list}>
        {tools.map(({ id, title }) => (
          <Tabs.Tab key={id} value={id} className={styles.tab}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tools.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} keepMounted className={styles.panel}>
          {made.has(id) && content}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
