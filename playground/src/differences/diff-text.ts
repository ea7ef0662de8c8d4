import { diffLines, diffWordsWithSpace } from 'diff';

/** A stretch of two texts that were laid side by side. */
export type DiffPart =
  | { kind: 'same' | 'left' | 'right'; text: string }
  /** Left out, because it is the same and far from any difference. */
  | { kind: 'skipped'; amount: string };

export interface TextDiff {
  by: 'lines' | 'words';
  parts: DiffPart[];
}

const PATIENCE = { timeout: 150, maxEditLength: 1_000 };
const MOST_PARTS = 60;
const LINES_AROUND = 2;
const CHARACTERS_AROUND = 60;

/** `undefined`: too different to say more than that. */
export function diffText(left: string, right: string): TextDiff | undefined {
  const by = left.includes('\n') || right.includes('\n') ? 'lines' : 'words';
  const found =
    by === 'lines'
      ? diffLines(ended(left), ended(right), PATIENCE)
      : diffWordsWithSpace(left, right, PATIENCE);
  if (!found || found.length > MOST_PARTS) return undefined;
  const shorten = by === 'lines' ? shortenLines : shortenWords;
  return {
    by,
    parts: found.flatMap(({ value, added, removed }, i): DiffPart[] => {
      if (added) return [{ kind: 'right', text: value }];
      if (removed) return [{ kind: 'left', text: value }];
      return shorten(value, i === 0, i === found.length - 1);
    }),
  };
}

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

function shortenLines(text: string, isFirst: boolean, isLast: boolean): DiffPart[] {
  const lines = text.split('\n').slice(0, -1);
  const head = isFirst ? 0 : LINES_AROUND;
  const tail = isLast ? 0 : LINES_AROUND;
  const skipped = lines.length - head - tail;
  if (skipped < 3) return [{ kind: 'same', text }];
  return around(
    lines
      .slice(0, head)
      .map((line) => `${line}\n`)
      .join(''),
    `${skipped} equal lines`,
    tail === 0
      ? ''
      : lines
          .slice(-tail)
          .map((line) => `${line}\n`)
          .join(''),
  );
}

function shortenWords(text: string, isFirst: boolean, isLast: boolean): DiffPart[] {
  const head = isFirst ? 0 : CHARACTERS_AROUND;
  const tail = isLast ? 0 : CHARACTERS_AROUND;
  const skipped = text.length - head - tail;
  if (skipped < CHARACTERS_AROUND) return [{ kind: 'same', text }];
  return around(
    text.slice(0, head),
    `${skipped} equal characters`,
    tail === 0 ? '' : text.slice(-tail),
  );
}

function around(head: string, amount: string, tail: string): DiffPart[] {
  return [
    ...(head === '' ? [] : [{ kind: 'same' as const, text: head }]),
    { kind: 'skipped', amount },
    ...(tail === '' ? [] : [{ kind: 'same' as const, text: tail }]),
  ];
}
