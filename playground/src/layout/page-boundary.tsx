import { Component, type ReactNode } from 'react';
import styles from '../pages/plain-page.module.css';
import { HostileText } from '../text/hostile-text.tsx';

interface PageBoundaryProps {
  /** Where the reader is; going elsewhere is a new attempt. */
  path: string;
  children: ReactNode;
}

interface PageBoundaryState {
  path: string;
  problem?: string | undefined;
}

/** What is shown instead of a page that could not be loaded or drawn; the rest stays usable. */
export class PageBoundary extends Component<PageBoundaryProps, PageBoundaryState> {
  override state: PageBoundaryState = { path: this.props.path };

  static getDerivedStateFromProps(
    { path }: PageBoundaryProps,
    state: PageBoundaryState,
  ): PageBoundaryState | null {
    return path === state.path ? null : { path, problem: undefined };
  }

  static getDerivedStateFromError(error: unknown): Pick<PageBoundaryState, 'problem'> {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === undefined) return this.props.children;
    return (
      <div className={styles.page} role="alert">
        <h1 tabIndex={-1}>This page could not be shown</h1>
        <p>If the lab has been started anew since you opened it, loading it again is enough.</p>
        <p>
          <button type="button" onClick={() => location.reload()}>
            Load it again
          </button>
        </p>
        <HostileText text={problem} as="block" />
      </div>
    );
  }
}
