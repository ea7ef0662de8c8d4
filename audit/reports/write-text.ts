/** The audit for a terminal. What fails comes with its way out; nothing a server sent is acted on. */
import { paint } from '../../shared/paint.ts';
import { visibleLine } from '../../shared/visible-text.ts';
import type { AuditResult, JudgedItem } from '../audit-server.ts';
import { countsOf, inGroups, TOKEN_WORDS } from './count.ts';

const STATES = {
  pass: paint('green', 'pass'),
  fail: paint('red', 'FAIL'),
  'cannot-tell': paint('gray', '  ? '),
  'not-applicable': paint('gray', '  - '),
} as const;

export function writeText(result: AuditResult): string {
  const { url, requests, seconds, token, revisions, unreachable, items } = result;
  const head = [
    `Audit of ${visibleLine(url)}`,
    `${requests} requests in ${seconds.toFixed(1)} s. Token: ${TOKEN_WORDS[token]}.`,
    ...(revisions.length === 0
      ? []
      : [`It speaks ${revisions.map((one) => visibleLine(one)).join(' and ')}; each was judged.`]),
    ...(unreachable === undefined
      ? []
      : ['', `There was nothing to judge. ${visibleLine(unreachable)}`]),
  ];
  // Of a server that gave nothing, what cannot be told is no news.
  const shown = items.filter(({ state }) => unreachable === undefined || state !== 'cannot-tell');
  const groups = inGroups(shown).flatMap(([title, own]) => [
    '',
    paint('bold', title),
    ...own.flatMap(linesOf),
  ]);
  return [...head, ...groups, '', `${countsOf(items)}.`, ''].join('\n');
}

function linesOf({ state, level, title, id, evidence, fix, reference, lesson }: JudgedItem) {
  const indent = ' '.repeat(6);
  const name = `${title} ${paint('gray', `(${level}, ${id})`)}`;
  return [
    `${STATES[state]}  ${name}`,
    `${indent}${visibleLine(evidence)}`,
    ...(state === 'fail'
      ? [
          `${indent}Fix: ${fix}`,
          `${indent}See: ${reference.label}, ${reference.url}`,
          `${indent}     ${lesson}`,
        ]
      : []),
  ];
}
