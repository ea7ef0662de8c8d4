import type { Reference } from '../../../lab/attack.ts';
import hidden from './hidden.module.css';
import { Icon } from './icon.tsx';

interface ReferenceLinkProps {
  reference: Reference;
}

/** A link to where something is written; it opens beside the workbook. */
export function ReferenceLink({ reference: { label, url } }: ReferenceLinkProps) {
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {label} <Icon name="external" />
      <span className={hidden.hidden}> (opens in a new tab)</span>
    </a>
  );
}
