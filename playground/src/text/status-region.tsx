import type { ReactNode } from 'react';

interface StatusRegionProps {
  className?: string | undefined;
  id?: string;
  children: ReactNode;
}

/**
 * What changes in here is read out without taking the focus. Render it always and fill it later: a
 * region that appears together with its text is not announced.
 */
export function StatusRegion({ className, id, children }: StatusRegionProps) {
  return (
    // `output` may hold no paragraphs or lists.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div role="status" id={id} className={className}>
      {children}
    </div>
  );
}
