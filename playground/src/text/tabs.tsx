import { useId, type KeyboardEvent, type ReactNode } from 'react';

/** One of several contents that share a place. */
interface TabOf<Id extends string> {
  id: Id;
  title: string;
}

interface TabNames<Id extends string> {
  tab: (id: Id) => string;
  panel: (id: Id) => string;
}

/** Ids that join tabs and panels, unique on the page. */
export function useTabNames<Id extends string>(): TabNames<Id> {
  const base = useId();
  return { tab: (id) => `${base}-tab-${id}`, panel: (id) => `${base}-panel-${id}` };
}

interface TabListProps<Id extends string> {
  names: TabNames<Id>;
  tabs: readonly TabOf<Id>[];
  shown: Id | undefined;
  onShow: (id: Id) => void;
  label?: string;
  className: string | undefined;
  tabClassName: string | undefined;
}

/**
 * The tabs of the ARIA Authoring Practices, activated by hand: arrows, Home and End move the focus,
 * and Enter, Space or a click shows what the tab is for. The whole list is one tab stop.
 */
export function TabList<Id extends string>(props: TabListProps<Id>) {
  const { names, tabs, shown, onShow, label, className, tabClassName } = props;
  return (
    // Its tabs have the focus, one at a time.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div role="tablist" aria-label={label} className={className} onKeyDown={moveFocus}>
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={names.tab(id)}
          aria-selected={id === shown}
          aria-controls={names.panel(id)}
          tabIndex={id === shown ? 0 : -1}
          data-active={id === shown || undefined}
          data-tool={id}
          className={tabClassName}
          onClick={() => onShow(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (altKey || ctrlKey || metaKey || shiftKey) return;
  const tabs = [...currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  const towards: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: -1,
  };
  const next = towards[key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  tabs.at(next === tabs.length ? 0 : next)?.focus();
}

interface TabPanelProps<Id extends string> {
  names: TabNames<Id>;
  id: Id;
  shown: boolean;
  className: string | undefined;
  children: ReactNode;
}

/** Stays as it is while another one is shown. */
export function TabPanel<Id extends string>(props: TabPanelProps<Id>) {
  const { names, id, shown, className, children } = props;
  return (
    <div
      role="tabpanel"
      id={names.panel(id)}
      aria-labelledby={names.tab(id)}
      // What is long is scrolled with the keyboard.
      tabIndex={shown ? 0 : -1}
      hidden={!shown}
      className={className}
    >
      {children}
    </div>
  );
}
