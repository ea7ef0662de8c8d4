/** What nobody would see is shown the same wherever a learner's or an attacker's text is shown. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import type { AuditResult } from '../audit/audit-server.ts';
import { fail, quote } from '../audit/requirement.ts';
import { writeHtml } from '../audit/reports/write-html.ts';
import { writeSarif } from '../audit/reports/write-sarif.ts';
import { writeText } from '../audit/reports/write-text.ts';
import type { ClassResult } from '../grader/classes/class-result.ts';
import { printClass } from '../grader/classes/print-class.ts';
import { writeCsv } from '../grader/classes/write-csv.ts';
import { describeEntry } from '../grader/explain.ts';
import { gradeResult, type GradeResult } from '../grader/grading/grade-result.ts';
import { printSummary, printTopic } from '../grader/grading/print-grade.ts';
import { writeJunit } from '../grader/grading/write-junit.ts';
import { writeReport } from '../grader/report/write-report.ts';
import { writeWholeServerReport } from '../grader/whole-server.ts';
import { visibleText } from '../shared/visible-text.ts';
import { HostileText } from '../playground/src/text/hostile-text.tsx';

/** Of each kind some; none of them may get through, wherever it stands. */
const UNSEEN = Array.from(
  [
    '\u3164\u115f\u1160\uffa0\ufe0f\ufe00\u034f\u{e0100}\u{e01ef}\u00a0\u2003\u202f\u3000\u1680',
    '\u{e0001}\u{e0020}\u{e0041}\u{e007f}', // tags
    '\u061c\u200e\u200f\u202a\u202e\u2066\u2069', // direction
    '\u200b\u200c\u200d\u2060\u00ad\ufeff\u180e\u17b4', // no width
    '\u0000\u0007\u0008\u000b\u001b\u007f\u0080\u0085\u009b\r', // C0 and C1
    '\u2028\u2029\ue000\ufdd0\uffff\u{10ffff}\u2800\ufffc',
    '\udc00\ud800', // halves of a pair
  ].join(''),
);
const HOSTILE = UNSEEN.map((character) => `a${character}b`).join(' ');

function expectNothingUnseen(written: string): void {
  const characters = new Set(written);
  const raw = UNSEEN.filter((character) => characters.has(character));
  expect(raw.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
}

/** What a function prints. */
function printed(print: () => void): string {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  print();
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  return lines.join('\n');
}

function graded(text: string): GradeResult {
  return gradeResult(
    {
      target: 'student',
      withStretch: false,
      startedAt: '2026-01-01T00:00:00.000Z',
      seconds: 1,
      versions: { workbook: '1.0.0', node: '20.20.0' },
      fingerprints: { exercises: 'e'.repeat(64), grader: 'f'.repeat(64) },
    },
    [
      {
        slug: '08-city-input',
        title: 'City input',
        checks: [
          {
            id: text,
            kind: 'pin',
            title: text,
            state: 'failed',
            points: 0,
            earned: 0,
            explanation: { findings: [text], facts: [{ label: 'Got', lines: [text] }] },
          },
        ],
        passed: 0,
        points: 0,
        earned: 0,
      },
    ],
    [text],
    [{ topic: '08-city-input', id: 'i', kind: 'use', title: 'i', holds: false, evidence: text }],
  );
}

const audited = (text: string): AuditResult => ({
  schema: 2,
  url: 'http://127.0.0.1:1/mcp',
  startedAt: '2026-11-23T12:00:00.000Z',
  seconds: 2,
  requests: 20,
  token: 'none',
  revisions: [],
  unreachable: text,
  items: [
    {
      ...fail(text),
      id: 'item',
      group: 'Group',
      title: 'Title',
      level: 'MUST',
      gravity: 'high',
      reference: { label: 'RFC', url: 'https://example.com/' },
      fix: 'Mend it.',
      lesson: '01-oauth-discovery#x',
    },
  ],
});

const theClass = (text: string): ClassResult => ({
  schema: 1,
  topics: ['08-city-input'],
  submissions: [{ name: text, notes: [text], problem: text, result: graded(text) }],
});

/** Every string in it. */
const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Object.values((value ?? {}) as Record<string, unknown>).flatMap(textsOf);

const WRITERS: Record<string, (text: string) => string> = {
  'terminal, a topic': (text) => printed(() => graded(text).topics.forEach(printTopic)),
  'terminal, the summary': (text) => printed(() => printSummary(graded(text))),
  'terminal, a class': (text) => printed(() => printClass(theClass(text))),
  'terminal, what a server did': (text) =>
    describeEntry({ kind: 'file', requestId: '1', operation: 'read', path: text } as never),
  'report in HTML': (text) => writeReport(graded(text), { name: text, record: undefined }),
  JUnit: (text) => writeJunit(graded(text)),
  // The end of a line of the file is CRLF.
  CSV: (text) => writeCsv(theClass(text)).replaceAll('\r\n', '\n'),
  'checklist of the whole server': (text) =>
    writeWholeServerReport(graded(text).items, 'yours', new Date(0)),
  'audit, a quote': (text) => quote(text.slice(0, 100)),
  'audit, text': (text) => writeText(audited(text)),
  'audit, HTML': (text) => writeHtml(audited(text)),
  'audit, SARIF': (text) => textsOf(JSON.parse(writeSarif(audited(text)))).join('\n'),
  page: (text) =>
    renderToStaticMarkup(createElement(HostileText, { text, as: 'block', fold: 100_000 })),
};

describe.each(Object.entries(WRITERS))('%s', (_name, write) => {
  test('shows what nobody would see as an escape', () => {
    expectNothingUnseen(write(HOSTILE));
    for (const character of UNSEEN) {
      const text = `x${character}y`;
      const written = write(text).replaceAll(/<[^>]+>/g, '');
      expect(written).toContain(visibleText(text));
    }
  });

  test('leaves letters of every script, marks and emoji as they are', () => {
    const honest = 'Zürich, Łódź, 東京, Київ, তেজপুর, ירושלים, القاهرة, e\u0301, 🌧, ½';
    expect(write(honest)).toContain(honest);
  });
});
