/** The audit as one page of HTML. */
import { checklistTable, type ChecklistRow } from '../../shared/html/checklist-table.ts';
import { html, type Html } from '../../shared/html/html.ts';
import { offlinePage } from '../../shared/html/offline-page.ts';
import type { AuditResult, JudgedItem } from '../audit-server.ts';
import type { State } from '../requirement.ts';
import { numbersOf } from '../classification.ts';
import { byEvidence, countsOf, failuresFirst, inGroups, ofState, TOKEN_WORDS } from './count.ts';

/** What does not apply is folded, and no row. */
const WORDS: Record<Exclude<State, 'not-applicable'>, Html> = {
  pass: html`<span class="good">pass</span>`,
  fail: html`<span class="bad">fail</span>`,
  'cannot-tell': html`<span class="quiet">cannot tell</span>`,
};

export function writeHtml(result: AuditResult): string {
  const { url, requests, seconds, startedAt, token, revisions, unreachable, items } = result;
  const failed = failuresFirst(items);
  const judged = items.filter(({ state }) => state !== 'not-applicable');
  return offlinePage(
    'Audit of an MCP server',
    html`<p class="lead"><strong>${countsOf(items)}.</strong></p>
      <dl class="facts">
        <dt>Server</dt>
        <dd><code>${url}</code></dd>
        <dt>When</dt>
        <dd>
          <time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time>
        </dd>
        <dt>Asked</dt>
        <dd>${requests} requests in ${seconds.toFixed(1)} seconds</dd>
        <dt>Revisions</dt>
        <dd>
          ${revisions.length === 0 ? 'none was seen' : `${revisions.join(' and ')}, each judged`}
        </dd>
        <dt>Token</dt>
        <dd>${TOKEN_WORDS[token]}</dd>
      </dl>
      ${unreachable === undefined ? '' : html`<p>There was nothing to judge. ${unreachable}</p>`}
      <p>
        The server was asked from outside. What that does not show is “cannot tell”: neither good
        nor bad.
      </p>
      ${failed.length > 0 ? html`<h2>What to mend</h2>` : ''} ${failed.map(howToMend)}
      <h2>The whole checklist</h2>
      ${inGroups(judged).map(([title, own]) => checklistTable(title, own.map(rowOf)))}
      ${ofWhatDoesNotApply(items)}`,
  );
}

const ofWhatDoesNotApply = (items: AuditResult['items']): Html =>
  html`<details>
    <summary>What does not apply</summary>
    <div class="inside">
      ${byEvidence(ofState(items, 'not-applicable')).map(
        ({ evidence, ids }) =>
          html`<p>
            ${evidence} <span class="quiet"><code>${ids.join(', ')}</code></span>
          </p>`,
      )}
    </div>
  </details>`;

const howToMend = (item: JudgedItem): Html => {
  const { id, title, level, gravity, isKnown, evidence, fix, fixes = [], reference, lesson } = item;
  const numbers = numbersOf(item);
  return html`<details ${isKnown ? '' : html`open`}>
    <summary>
      <span class="${isKnown || gravity === 'low' ? 'quiet' : 'bad'}"
        >${isKnown ? 'known' : gravity}</span
      >
      ${title} <span class="quiet"><code>${id}</code>, ${level}</span>
    </summary>
    <div class="inside">
      <p>${evidence}</p>
      <p>${fix}</p>
      ${fixes.map((one) => html`<p>${one}</p>`)}
      <p class="quiet">
        <a href="${reference.url}">${reference.label}</a>; lesson:
        <code>${lesson}</code>${numbers === '' ? '' : `; ${numbers}`}
      </p>
    </div>
  </details>`;
};

const rowOf = ({ id, title, level, state, evidence }: JudgedItem): ChecklistRow => ({
  item: html`${title} <span class="quiet"><code>${id}</code>, ${level}</span>`,
  verdict: state === 'not-applicable' ? '' : WORDS[state],
  evidence,
});
