/**
 * The start page: one attack that plays, the next step, and the map of topics.
 *
 * @module-tag long
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { curriculum, selectTopics } from '../../catalogue/curriculum.ts';
import { digestOfFiles } from '../../grader/progress/files-standing.ts';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const all = curriculum.length;
const journal = () => new ProgressJournal(path.join(at.workbook.folder, '.workbook'));
const played = () => at.page.getByRole('region', { name: /^Played: / });
const laneOf = (target: string) => played().locator(`[data-target=${target}]`);
const next = () => at.page.getByRole('region', { name: 'Next step' });
const topic = (title: string) =>
  at.page
    .getByRole('list', { name: 'All topics' })
    .getByRole('listitem')
    .filter({ hasText: title });

test('one attack is played for real, with three verdicts, and nothing is written down of it', async () => {
  await at.open('');
  await laneOf('baseline').getByText('Breached', { exact: true }).waitFor();
  await laneOf('yours').getByText('Breached', { exact: true }).waitFor();
  await laneOf('reference').getByText('Blocked', { exact: true }).waitFor();
  expect(journal().read()['05-access-tokens']?.verdicts).toBeUndefined();
  await played().getByRole('button', { name: 'Play again' }).click();
  await laneOf('reference').getByText('Blocked', { exact: true }).waitFor();
  await expectAccessible(at.page);
  await played().getByRole('link', { name: 'Fire it yourself' }).click();
  await at.page.waitForURL(/#\/attack\/tok-alg-none$/);
});

test('the next step and the map change with what was done', async () => {
  await at.open('');
  await next().getByText('Read 01 OAuth discovery').waitFor();
  await next().getByRole('link', { name: 'Begin', exact: true }).waitFor();
  await next()
    .getByRole('link', { name: `What is left: ${all} of ${all} topics` })
    .waitFor();
  const when = '2026-01-01T09:00:00.000Z';
  const [first] = selectTopics(['01']);
  if (!first) throw new Error('There is no topic 01.');
  const files = digestOfFiles(first);
  journal().append([
    { type: 'read', topic: '01-oauth-discovery' },
    { type: 'graded', topic: first.slug, passed: 4, all: 4, failed: [], files, at: when },
    { type: 'read', topic: '02-client-registration' },
  ]);
  await topic('OAuth discovery')
    .getByText(/solved/i)
    .waitFor();
  await next().getByText('02 Client registration', { exact: false }).waitFor();
  await next()
    .getByRole('link', { name: `What is left: ${all - 1} of ${all} topics` })
    .waitFor();
  await next().getByRole('link', { name: 'Continue' }).click();
  await at.page.waitForURL(/02-client-registration/);
});
