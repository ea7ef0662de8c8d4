import { Tabs } from '@base-ui/react/tabs';
import { useState, type ReactNode } from 'react';
import styles from './tool-pane.module.css';

interface Tool {
  id: string;
  title: string;
  content: ReactNode;
}

interface ToolPaneProps {
  tools: [Tool, ...Tool[]];
  /** Id of the tool that is looked at. */
  shown: string;
  onShow: (id: string) => void;
}

/**
 * What one can do beside a lesson. A tool is made when it is looked at for the first time, and stays
 * as it is while another one is.
 */
export function ToolPane({ tools, shown, onShow }: ToolPaneProps) {
  const [first, ...others] = tools;
  const [made, setMade] = useState(new Set([shown]));
  if (!made.has(shown)) setMade(new Set([...made, shown]));
  if (others.length === 0) return first.content;
  return (
    <Tabs.Root value={shown} onValueChange={(id: string) => onShow(id)}>
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
