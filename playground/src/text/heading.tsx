import { use, type ReactNode } from 'react';
import { HeadingLevelAbove } from './heading-level.ts';

interface HeadingProps {
  /** 1 for the next level down, 2 for the one after. */
  depth: 1 | 2 | 3 | 4;
  className?: string | undefined;
  children: ReactNode;
}

const tags = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

/** A heading whose level depends on where it stands: the console is on two kinds of page. */
export function Heading({ depth, className, children }: HeadingProps) {
  const Tag = tags[use(HeadingLevelAbove) + depth - 1] ?? 'h6';
  return <Tag className={className}>{children}</Tag>;
}
