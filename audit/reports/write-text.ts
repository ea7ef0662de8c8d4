/** The audit for a terminal. What fails comes first; nothing a server sent is acted on. */
import { paint } from '../../shared/paint.ts';
import { visibleLine } from '../../shared/visible-text.ts';
import type { AuditResult, JudgedItem } from '../audit-server.ts';
import { numbersOf, type Gravity } from '../classification.ts';
import { byEvidence, countsOf, failuresFirst, ofState, TOKEN_WORDS } from './count.ts';

const COLOURS = { high: 'red', medium: 'yellow', low: 'gray' } as const satisfies Record<
  Gravity,
  string
>;

export function writeText(result: AuditResult): string {
  const { items, unreachable, mended = [] } = result;
  if (unreachable !== undefined) {
    const failed = failuresFirst(items).flatMap(howToMend);
    return [
      ...headOf(result),
      '',
      `There was nothing to judge. ${visibleLine(unreachable)}`,
      ...failed,
      '',
    ].join('\n');
  }
  return [
    ...headOf(result),
    ...section('What to mend, the gravest first', failuresFirst(items).flatMap(howToMend)),
    ...section('What cannot be told', folded(ofState(items, 'cannot-tell'))),
    ...section('What passes', ofState(items, 'pass').map(lineOf)),
    ...section('What does not apply', folded(ofState(items, 'not-applicable'))),
    ...(mended.length === 0
      ? []
      : ['', `These of the baseline pass now; take them out of it: ${mended.join(', ')}.`]),
    '',
    `${countsOf(items)}.`,
    '',
  ].join('\n');
}

function headOf({ url, requests, seconds, token, revisions }: AuditResult): string[] {
  const spoken = revisions.map((one) => visibleLine(one)).join(' and ');
  return [
    `Audit of ${visibleLine(url)}`,
    `${requests} requests in ${seconds.toFixed(1)} s. Token: ${TOKEN_WORDS[token]}.`,
    ...(spoken === '' ? [] : [`It speaks ${spoken}; each was judged.`]),
  ];
}

const section = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : ['', paint('bold', title), ...lines];

const INDENT = ' '.repeat(8);

function howToMend(item: JudgedItem): string[] {
  const { id, title, level, gravity, isKnown, evidence, fix, fixes = [], reference, lesson } = item;
  const word = isKnown ? 'known' : gravity;
  const numbers = numbersOf(item);
  return [
    `${paint(isKnown ? 'gray' : COLOURS[gravity], word.padEnd(6))}  ${title} ${paint('gray', `(${level}, ${id})`)}`,
    `${INDENT}${visibleLine(evidence)}`,
    `${INDENT}Fix: ${fix}`,
    ...fixes.map((one) => `${INDENT}     ${one}`),
    `${INDENT}See: ${reference.label}, ${reference.url}`,
    `${INDENT}     ${lesson}${numbers === '' ? '' : `; ${numbers}`}`,
  ];
}

const lineOf = ({ title, id, evidence }: JudgedItem): string =>
  `${paint('green', 'pass  ')}  ${title} ${paint('gray', `(${id})`)}: ${visibleLine(evidence)}`;

/** One line for all that say the same. */
const folded = (items: JudgedItem[]): string[] =>
  byEvidence(items).map(
    ({ evidence, ids }) => `${INDENT}${visibleLine(evidence)} ${paint('gray', ids.join(', '))}`,
  );
