import { html, type Html } from './html.ts';

export interface ChecklistRow {
  item: Html;
  verdict: Html | string;
  evidence: string;
}

/** Items under a heading, each with how it stands and what shows that. */
export const checklistTable = (title: string, rows: ChecklistRow[]): Html =>
  html`<h3>${title}</h3>
    <table class="checklist">
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">Verdict</th>
          <th scope="col">Evidence</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ item, verdict, evidence }) =>
            html`<tr>
              <th scope="row">${item}</th>
              <td>${verdict}</td>
              <td>${evidence}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
