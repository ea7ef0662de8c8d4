/**
 * A learner's own checks, and progress from elsewhere, in a real browser.
 *
 * @module-tag long
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const journal = (): ProgressJournal =>
  new ProgressJournal(path.join(at.workbook.folder, '.workbook'));
const TOPIC = '05-access-tokens';
const pinned = (): string[] => (journal().read()[TOPIC]?.pins ?? []).map(({ name }) => name);

test('a payload of the learner’s own is pinned, fired, kept, and unpinned', async () => {
  await at.open('attack/tok-wrong-audience');
  const own = at.page.getByRole('region', { name: 'Your own checks of this attack' });
  await at.page.getByText(/Edit the payload to pin it/).waitFor();
  const payload = at.page.getByRole('textbox', { name: /Payload/ });
  const status = own.getByRole('status');

  await payload.fill('{ "nonsense": 1 }');
  await own.getByRole('button', { name: 'Pin as a check' }).click();
  await status.getByText(/does not fit the attack/).waitFor();

  await payload.fill('{ "claims": { "aud": "https://mine.example" } }');
  await own.getByRole('textbox', { name: 'Name' }).fill('an audience of mine');
  await own.getByRole('button', { name: 'Pin as a check' }).click();
  await status.getByText('Pinned. npm run grade -- 05 fires it from now on.').waitFor();
  await own.getByRole('button', { name: 'Pin as a check' }).click();
  await own.getByRole('button', { name: 'Unpin “payload 1”' }).waitFor();
  expect(pinned()).toEqual(['an audience of mine', 'payload 1']);

  await at.page.reload();
  await at.page.getByRole('radio', { name: /Baseline/ }).check();
  await own.getByRole('button', { name: 'Fire “an audience of mine”' }).click();
  const result = at.page.getByRole('region', { name: 'Result against Baseline' });
  await result.getByText('Breached', { exact: true }).waitFor();
  await at.page.getByRole('button', { name: 'Fire', exact: true }).waitFor();
  await expectAccessible(at.page);

  await own.getByRole('button', { name: 'Unpin “payload 1”' }).click();
  await status.getByText('“payload 1” is no longer a check.').waitFor();
  expect(await own.getByRole('listitem').count()).toBe(1);
  expect(pinned()).toEqual(['an audience of mine']);
});

test('what a command writes down is shown on an open page', async () => {
  await at.open('');
  const topics = at.page.getByRole('navigation', { name: 'Topics' });
  const at9 = '2026-01-01T09:00:00.000Z';
  journal().append([
    { type: 'graded', topic: TOPIC, passed: 7, all: 20, failed: [], at: at9 },
    { type: 'verdict', topic: TOPIC, attack: 'tok-expired', verdict: 'blocked' },
  ]);
  await topics.getByText(/1 of 15\s+blocked/).waitFor();
});
