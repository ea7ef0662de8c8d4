import type { LeftOut } from '../../../lab/protocol.ts';

interface LeftOutNoteProps {
  leftOut: LeftOut;
}

export function LeftOutNote({ leftOut: { exchanges, tapeEntries } }: LeftOutNoteProps) {
  const parts = [
    ...(exchanges > 0 ? [`${exchanges.toLocaleString('en')} exchanges`] : []),
    ...(tapeEntries > 0 ? [`${tapeEntries.toLocaleString('en')} lines of what was executed`] : []),
  ];
  return <p>The report is longer than a page can show: {parts.join(' and ')} are left out.</p>;
}
