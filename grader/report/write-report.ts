/** Grading as one page of HTML. It quotes what attackers sent. */
import { curriculum } from '../../catalogue/curriculum.ts';
import type { GradedCheck, GradedTopic, GradeResult } from '../grading/grade-result.ts';
import type { WholeServerItem } from '../whole-server.ts';
import { NEVER_RAN } from '../explanation.ts';
import { checklistTable, type ChecklistRow } from '../../shared/html/checklist-table.ts';
import { html, type Html } from '../../shared/html/html.ts';
import { offlinePage } from '../../shared/html/offline-page.ts';

export interface ReportExtras {
  /** Whose work it is. */
  name?: string | undefined;
  /** The signed completion record. */
  record?: string | undefined;
}

export function writeReport(result: GradeResult, { name, record }: ReportExtras): string {
  const { topics, problems, passed, failed, items } = result;
  const who = result.target === 'reference' ? 'the reference' : name;
  const title = `Secure MCP Workbook: report${who ? ` of ${who}` : ''}`;
  return offlinePage(
    title,
    html`<p class="lead">
        <strong>${passed} of ${passed + failed}</strong> checks passed;
        <strong>${result.earned} of ${result.points}</strong> points.
      </p>
      ${facts(result)} ${problems.length > 0 ? problemList(problems) : ''}
      <h2>Topics</h2>
      ${topicTable(result)} ${topics.map(topicSection)} ${items.length > 0 ? checklist(items) : ''}
      ${record ? recordSection(record) : ''}`,
  );
}

function facts({
  startedAt,
  seconds,
  versions,
  withStretch,
  target,
  fingerprints,
}: GradeResult): Html {
  const graded =
    target === 'reference' ? 'the reference in solutions/' : 'the files in exercises/NN-…/';
  return html`<dl class="facts">
    <dt>Graded</dt>
    <dd>${graded}${withStretch ? ', with the stretch attacks' : ''}</dd>
    <dt>When</dt>
    <dd>
      <time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time>, in
      ${Math.round(seconds)} seconds
    </dd>
    <dt>Versions</dt>
    <dd>workbook ${versions.workbook}, Node ${versions.node}</dd>
    <dt>Files</dt>
    <dd><code>${fingerprints.exercises.slice(0, 16)}</code></dd>
    <dt>Grader</dt>
    <dd><code>${fingerprints.grader.slice(0, 16)}</code></dd>
  </dl>`;
}

const problemList = (problems: string[]): Html =>
  html`<h2>Problems of the run itself</h2>
    <ul>
      ${problems.map((problem) => html`<li class="quoted">${problem}</li>`)}
    </ul>`;

const topicTable = ({ topics, passed, failed, points, earned }: GradeResult): Html =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Topic</th>
        <th scope="col">Verdict</th>
        <th scope="col" class="number">Checks</th>
        <th scope="col" class="number">Points</th>
      </tr>
    </thead>
    <tbody>
      ${topics.map(
        (topic) =>
          html`<tr>
            <th scope="row"><a href="#${topic.slug}">${nameOf(topic)}</a></th>
            <td>${verdict(topic.passed === topic.checks.length, 'passed', 'open')}</td>
            <td class="number">${topic.passed} of ${topic.checks.length}</td>
            <td class="number">${topic.earned} of ${topic.points}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">All</th>
        <td>${verdict(failed === 0, 'passed', 'open')}</td>
        <td class="number">${passed} of ${passed + failed}</td>
        <td class="number">${earned} of ${points}</td>
      </tr>
    </tfoot>
  </table>`;

const nameOf = ({ slug, title }: { slug: string; title: string }): string =>
  `${slug.slice(0, 2)} ${title}`;

const verdict = (holds: boolean, good: string, bad: string): Html =>
  holds ? html`<span class="good">${good}</span>` : html`<span class="bad">${bad}</span>`;

function topicSection(topic: GradedTopic): Html {
  const failed = topic.checks.filter(({ state }) => state !== 'passed');
  const passed = topic.checks.filter(({ state }) => state === 'passed');
  return html`<section>
    <h2 id="${topic.slug}">${nameOf(topic)}</h2>
    ${failed.map(failedCheck)} ${passed.length > 0 ? passedChecks(passed) : ''}
  </section>`;
}

/** Facts that quote what was on the wire, or ran; the rest is prose. */
const WIRE = new Set(['Sent', 'Got', 'Executed']);

/** Open to begin with: whoever prints the page prints the evidence. */
function failedCheck(check: GradedCheck): Html {
  const { id, title, points, state, explanation = NEVER_RAN, mistakes = [] } = check;
  const { findings, facts } = explanation;
  return html`<details open>
    <summary>
      ${verdict(false, '', state === 'failed' ? 'failed' : 'never ran')} ${title}
      <span class="quiet"><code>${id}</code>, ${worth(points)}</span>
    </summary>
    <div class="inside">
      ${mistakes.length > 0 ? mistakeNote(mistakes) : ''}
      ${findings.map((finding) => html`<p>${finding}</p>`)}
      ${
        facts.length > 0
          ? html`<dl class="evidence">
              ${facts.map(
                ({ label, lines }) =>
                  html`<dt>${label}</dt>
                    ${WIRE.has(label) ? html`<dd class="quoted">${lines.join('\n')}</dd>` : html`<dd>${lines.join('\n')}</dd>`}`,
              )}
            </dl>`
          : ''
      }
    </div>
  </details>`;
}

const mistakeNote = (mistakes: string[]): Html =>
  html`<p class="mistake">Fails just like this mistake: ${mistakes.join(' Or perhaps: ')}</p>`;

const passedChecks = (checks: GradedCheck[]): Html =>
  html`<details>
    <summary>${verdict(true, 'passed', '')} ${counted(checks.length, 'check')}</summary>
    <div class="inside">
      <ul>
        ${checks.map(
          ({ id, title, points }) =>
            html`<li>
              ${title} <span class="quiet"><code>${id}</code>, ${worth(points)}</span>
            </li>`,
        )}
      </ul>
    </div>
  </details>`;

const worth = (points: number): string => counted(points, 'point');
const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

function checklist(items: WholeServerItem[]): Html {
  const holding = items.filter(({ holds }) => holds).length;
  return html`<section>
    <h2>Security checklist of the whole server</h2>
    <p>
      ${holding} of ${items.length} items hold. An item holds if none of its payloads had an effect,
      each answer was what a client needs, and ordinary calls before and after succeeded.
    </p>
    ${curriculum.map((topic) => {
      const own = items.filter((item) => item.topic === topic.slug);
      return own.length > 0 ? checklistTable(nameOf(topic), own.map(rowOf)) : '';
    })}
  </section>`;
}

const rowOf = ({ id, kind, title, holds, evidence }: WholeServerItem): ChecklistRow => ({
  item: html`${kind === 'use' ? 'Ordinary use: ' : ''}${title}
    <span class="quiet"><code>${id}</code></span>`,
  verdict: verdict(holds, 'holds', 'open'),
  evidence,
});

const recordSection = (record: string): Html =>
  html`<section>
    <h2>Signed record</h2>
    <p>
      The result of this page, signed. <code>npm run report -- --verify FILE --key PUBLICKEY</code>
      tells whether it has been changed since; that is all it tells.
    </p>
    <pre>${record}</pre>
  </section>`;
