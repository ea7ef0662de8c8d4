/** Says what a failed check found: sent, got, executed, expected and why, and how to see it again. */
import type { Attack, LegitimateUse } from '../lab/attack.ts';
import type { ControlName } from '../exercises/weather-server/controls.ts';
import type { AttackReport, Exchange, UseReport } from '../lab/protocol.ts';
import type { TapeEntry } from '../exercises/weather-server/world/tape.ts';
import { curriculum, filesOf, partOf } from '../catalogue/curriculum.ts';
import { pageAddress } from '../shared/page-address.ts';
import { visibleLine } from '../shared/visible-text.ts';
import type { Explanation, Fact } from './explanation.ts';
import { wholeServerReport, type WholeServerItem } from './whole-server.ts';

const MOST_LINES = 3;

export function explainAttack(slug: string, attack: Attack, report: AttackReport): Explanation {
  const lead =
    report.verdict === 'breached'
      ? report.breaches
      : report.verdict === 'inconclusive'
        ? [
            'Nothing can be said about the attack, because ordinary use does not work:',
            ...report.controlProblems,
          ]
        : report.complaints;
  const shown = report.exchanges.find(({ requestId }) => requestId === report.decisive);
  const variant = report.variant in attack.variants ? [report.variant] : [];
  return {
    findings: [`${attack.title} (${report.variant})`, ...some(lead)],
    facts: [
      ...inYourFiles(report.faults),
      ...(shown ? describeExchange(shown, report.tape) : []),
      fact('Expected', attack.secureAnswer),
      // Where ordinary use fails, it may be any of them.
      ...whereToRead(slug, attack, report.verdict === 'inconclusive' ? [] : attack.controls),
      seeItAgain('attack', attack.id, ...variant),
    ],
  };
}

export function explainUse(slug: string, use: LegitimateUse, report: UseReport): Explanation {
  const shown = report.exchanges.at(-1);
  return {
    findings: [`Ordinary use: ${use.title}`, ...some(report.problems)],
    facts: [
      ...inYourFiles(report.faults),
      ...(shown ? describeExchange(shown, report.tape) : []),
      fact('Expected', use.why),
      ...whereToRead(slug, use),
      seeItAgain('use', use.id),
    ],
  };
}

const TOO_SLOW = /\btoo slow to tell\b/i;

/**
 * What is still open on the whole server, of one topic. `alone`: ids of items that fail among
 * reference neighbors too.
 */
export function explainWholeServer(
  slug: string,
  open: WholeServerItem[],
  alone: ReadonlySet<string>,
): Explanation {
  const number = slug.slice(0, 2);
  const untold = open.filter(({ evidence }) => TOO_SLOW.test(evidence));
  const told = open.filter((item) => !untold.includes(item));
  const here = told.filter(({ id }) => !alone.has(id));
  const list = (items: WholeServerItem[]): string[] =>
    items.map(({ id, evidence }) => `  ${id}: ${visibleLine(evidence, 160)}`);
  return {
    findings: [
      ...(told.length > here.length
        ? [`Open in topic ${number} itself; solve that first (npm run grade -- ${number}):`]
        : []),
      ...list(told.filter(({ id }) => alone.has(id))),
      ...(here.length > 0
        ? [
            `Open on your whole server only. Topic ${number} holds by itself, so another topic that is not solved yet is to blame, or the order of the parts:`,
          ]
        : []),
      ...list(here),
      ...(untold.length > 0
        ? [
            'Not answered in time, which says nothing about your files; try again on a quiet machine:',
          ]
        : []),
      ...list(untold),
    ],
    facts: [fact('The whole list', wholeServerReport('student', partOf(slug)))],
  };
}

const COULD_NOT_RUN = 'The check could not run.';

/** What kept a check from running at all, such as a file that does not load; undefined if it ran. */
export const problemBehind = ({ findings: [message, next] }: Explanation): string | undefined =>
  next?.startsWith(COULD_NOT_RUN) ? message : undefined;

/** The target could not be asked at all. */
export function explainProblem(slug: string, message: string): Explanation {
  const namesLine = /\.ts:\d+/.test(message);
  const mend = namesLine
    ? 'Mend the file'
    : 'Mend the file, or, if nothing in it loops, waits or ends the process, let the machine come to rest,';
  const again = `${COULD_NOT_RUN} ${mend} and run: npm run grade -- ${slug.slice(0, 2)}`;
  return { findings: [message, again], facts: [] };
}

const fact = (label: string, ...lines: string[]): Fact => ({ label, lines });

const inYourFiles = (faults: string[]): Fact[] =>
  faults.length > 0 ? [fact('In your file', ...faults)] : [];

/** Where the page shows it. */
function seeItAgain(page: 'attack' | 'use', ...names: string[]): Fact {
  const place = placeOf(page, ...names);
  return { ...fact('See it again', `${pageAddress()}${place} (while npm start runs)`), place };
}

const placeOf = (page: 'attack' | 'use' | 'topic', ...names: string[]): string =>
  `#/${[page, ...names.map(encodeURIComponent)].join('/')}`;

function whereToRead(
  slug: string,
  { lessonAnchor: anchor, references }: Attack | LegitimateUse,
  controls: readonly ControlName[] = [],
): Fact[] {
  const topic = curriculum.find((one) => one.slug === slug);
  const decided = topic ? filesOf(topic, controls) : [];
  // An attack of another topic, which a whole server is under, is decided in no file of this one.
  const files = (decided.length > 0 || !topic ? decided : filesOf(topic)).join(', ');
  return [
    fact('Your files', `exercises/${slug}/ ${files}`),
    fact('Why', references.map(({ label }) => label).join('; ')),
    { ...fact('Lesson', `lessons/${slug}.md#${anchor}`), place: placeOf('topic', slug, anchor) },
  ];
}

function describeExchange({ request, response, requestId }: Exchange, tape: TapeEntry[]): Fact[] {
  const headers = Object.entries(request.headers)
    .filter(([name, value]) => !isUsual(name, value))
    .map(([name, value]) => `${name}: ${visibleLine(value, 60)}`);
  const answer = response.failure ?? `HTTP ${response.status} ${visibleLine(response.body, 200)}`;
  const challenge = response.headers['www-authenticate'];
  const done = tape
    .filter((entry) => entry.requestId === requestId && entry.kind !== 'gate')
    .map(describeEntry);
  return [
    fact('Sent', ...describeTarget(request), ...headers, ...describeBody(request)),
    fact('Got', answer, ...(challenge ? [`WWW-Authenticate: ${visibleLine(challenge, 160)}`] : [])),
    fact('Executed', done.join('; ') || 'nothing'),
  ];
}

/** What every message has; a version is worth a line if it is not the usual one. */
const isUsual = (name: string, value: string): boolean =>
  ['accept', 'content-type'].includes(name) ||
  (name === 'mcp-protocol-version' && value === '2025-11-25');

/** Method and path; a long query with a line for each parameter, decoded. */
function describeTarget({ method, path }: Exchange['request']): string[] {
  const [before = '', query] = path.split(/\?(.*)/s);
  return query === undefined || path.length <= 100
    ? [`${method} ${visibleLine(path, 100)}`]
    : [`${method} ${visibleLine(before, 100)}?`, ...describeParameters(query)];
}

function describeBody({ headers, body }: Exchange['request']): string[] {
  if (body === '') return [];
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? describeParameters(body)
    : [visibleLine(body, 200)];
}

const describeParameters = (text: string): string[] =>
  [...new URLSearchParams(text)].map(
    ([name, value]) => `${visibleLine(name, 40)} = ${visibleLine(value, 80)}`,
  );

/** One line for what the server did. */
export const describeEntry = (entry: TapeEntry): string => visibleLine(wordsFor(entry));

function wordsFor(entry: TapeEntry): string {
  switch (entry.kind) {
    case 'token':
      return `token ${entry.decision} (${visibleLine(entry.detail, 80)})`;
    case 'limit':
      return `limiter: ${entry.decision}`;
    case 'tool':
      return `${entry.tool}(${visibleLine(JSON.stringify(entry.arguments), 100)}) as ${entry.subject}`;
    case 'sql':
      return `SQL: ${visibleLine(entry.sql, 120)}`;
    case 'shell':
      return `${entry.shell ? 'shell' : 'program'}: ${visibleLine(entry.argv.join(' '), 100)}`;
    case 'file':
      return `${entry.operation} ${entry.path}`;
    case 'upstream':
      return `asked ${visibleLine(entry.url, 120)}${entry.keyShown && !entry.expected ? ', with the API key' : ''}`;
    case 'web':
      return `fetched ${visibleLine(entry.url, 100)} from ${entry.address}`;
    case 'opened':
      return `opened ${visibleLine(entry.address, 100)} (${entry.as})`;
    case 'sent':
      return `sent ${entry.carried.join(', ') || 'nothing'} to ${visibleLine(entry.url, 100)}`;
    case 'started':
      return `started ${visibleLine(JSON.stringify(entry.argv), 120)}${entry.asked ? '' : ', unasked'}`;
    case 'third-party':
      return `asked the third party: ${visibleLine(entry.shown, 120)}`;
    case 'refusal':
      return `${entry.control} refused: ${visibleLine(entry.reason, 100)}`;
    case 'message':
      return `${entry.method} reached the messages`;
    case 'gate':
      return `${entry.gate}: ${entry.decision}`;
    case 'audit':
      return 'audit line written';
    case 'fault':
      return `fault: ${visibleLine(entry.message, 120)}`;
  }
}

function some(sentences: string[]): string[] {
  const rest = sentences.length - MOST_LINES;
  return rest > 0 ? [...sentences.slice(0, MOST_LINES), `(and ${rest} more)`] : sentences;
}
