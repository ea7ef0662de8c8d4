/** The audit as one page of HTML. */
import { checklistTable, type ChecklistRow } from '../../shared/html/checklist-table.ts';
import { html, type Html } from '../../shared/html/html.ts';
import { offlinePage } from '../../shared/html/offline-page.ts';
import type { AuditResult, JudgedItem } from '../audit-server.ts';
import type { State } from '../requirement.ts';
import { countsOf, inGroups, TOKEN_WORDS } from './count.ts';

const WORDS: Record<State, Html> = {
  pass: html`<span class="good">pass</span>`,
  fail: html`<span class="bad">fail</span>`,
  'cannot-tell': html`<span class="quiet">cannot tell</span>`,
  'not-applicable': html`<span class="quiet">does not apply</span>`,
};

export function writeHtml(result: AuditResult): string {
  const { url, requests, seconds, startedAt, token, unreachable, items } = result;
  const failed = items.filter(({ state }) => state === 'fail');
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
      ${inGroups(items).map(([title, own]) => checklistTable(title, own.map(rowOf)))}`,
  );
}

const howToMend = ({ id, title, level, evidence, fix, reference, lesson }: JudgedItem): Html =>
  html`<details open>
    <summary>
      <span class="bad">fail</span> ${title} <span class="quiet"><code>${id}</code>, ${level}</span>
    </summary>
    <div class="inside">
      <p>${evidence}</p>
      <p>${fix}</p>
      <p class="quiet">
        <a href="${reference.url}">${reference.label}</a>; lesson: <code>${lesson}</code>
      </p>
    </div>
  </details>`;

const rowOf = ({ id, title, level, state, evidence }: JudgedItem): ChecklistRow => ({
  item: html`${title} <span class="quiet"><code>${id}</code>, ${level}</span>`,
  verdict: WORDS[state],
  evidence,
});
