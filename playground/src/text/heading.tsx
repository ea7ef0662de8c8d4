import { createContext, use, type ReactNode } from 'react';

/** Level of the heading that stands over everything inside. */
const AboveContext = createContext(1);

interface HeadingsBelowProps {
  level: number;
  children: ReactNode;
}

/** Tells the headings inside which level they are below: the console stands on two kinds of page. */
export function HeadingsBelow({ level, children }: HeadingsBelowProps) {
  return <AboveContext value={level}>{children}</AboveContext>;
}

interface HeadingProps {
  /** 1 for the next level down, 2 for the one after. */
  depth: 1 | 2 | 3 | 4;
  className?: string | undefined;
  children: ReactNode;
}

const tags = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

export function Heading({ depth, className, children }: HeadingProps) {
  const Tag = tags[use(AboveContext) + depth - 1] ?? 'h6';
  return <Tag className={className}>{children}</Tag>;
}
