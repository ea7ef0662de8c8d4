/**
 * Grading from the page, and what comes of it on the progress page, in a real browser.
 *
 * @module-tag long
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { gradedAttacks, gradedUses, loadCatalogue } from '../../catalogue/load-catalogue.ts';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const TOPIC = '08-city-input';
const FILE = `${TOPIC}/city-input.ts`;
const catalogue = await loadCatalogue(TOPIC);
/** Checks of the topic; as shipped, ordinary use works and no attack is stopped. */
const WORK = gradedUses(catalogue, false).length;
const ALL = gradedAttacks(catalogue, false).length + WORK;
const POINTS = 2 * ALL - WORK;
const at = ownWorkbookPage();
const inCopy = (file: string): string => path.join(at.workbook.folder, file);
const known = () => new ProgressJournal(inCopy('.workbook')).read()[TOPIC];
const solve = (): void => cpSync(inCopy(`solutions/${FILE}`), inCopy(`exercises/${FILE}`));
const run = (page: Page) => page.getByRole('button', { name: 'Run the checks of this topic' });
const checksOf = (page: Page) => page.getByRole('list', { name: 'Checks' }).getByRole('listitem');
const status = () => at.page.getByRole('region', { name: 'Checks of' }).getByRole('status');

/** Another page, as another browser would have it. */
function openPage(): Promise<Page> {
  const browser = at.page.context().browser();
  if (!browser) throw new Error('There is no browser.');
  return browser.newPage();
}

async function openChecks(): Promise<void> {
  await at.open(`topic/${TOPIC}`);
  await at.page.getByRole('tab', { name: 'Checks' }).click();
}

test('checks that fail say why, and lead to the attack', async () => {
  await openChecks();
  await at.page.getByText('These checks have not been run yet.').waitFor();
  await run(at.page).click();
  await status()
    .getByText(
      `${WORK} of ${ALL} checks passed, ${ALL - WORK} did not: ${WORK} of ${POINTS} points.`,
    )
    .waitFor();
  // What is open comes first, and the first of it is unfolded; what passed is folded.
  expect(await checksOf(at.page).count()).toBe(ALL - WORK);
  await checksOf(at.page).first().getByText('Sent', { exact: true }).waitFor();
  await at.page.getByText(/^\d+ passed: \d of attacks, \d+ of ordinary use$/).waitFor();
  expect(known()?.grade).toMatchObject({ passed: WORK, all: ALL });

  const failed = checksOf(at.page).filter({ hasText: 'Characters that are not letters' });
  if (!(await failed.getByText('Sent', { exact: true }).isVisible())) {
    await failed.getByText('failed').click();
  }
  await failed.getByText('get_weather ran with a character that no name has').waitFor();
  for (const label of ['Sent', 'Got', 'Executed', 'Expected', 'Why', 'Your files']) {
    await failed.getByText(label, { exact: true }).waitFor();
  }
  await failed.getByText('npm run grade -- 08').waitFor();
  await expectAccessible(at.page);

  await failed.getByRole('link', { name: 'Open city-control-chars with “NUL”' }).click();
  await at.page.getByRole('heading', { name: 'Characters that are not letters' }).waitFor();
  expect(at.page.url()).toMatch(/#\/attack\/city-control-chars\/NUL$/);
  await at.page.getByRole('tab', { name: 'Checks' }).click();
  await failed.getByText('failed').waitFor();
});

test('a known mistake is named where its symptom shows', async () => {
  const shipped = readFileSync(inCopy(`exercises/${FILE}`), 'utf8');
  const right = readFileSync(inCopy(`solutions/${FILE}`), 'utf8');
  const { grade } = known() ?? {};
  await openChecks();
  writeFileSync(
    inCopy(`exercises/${FILE}`),
    right.replace(".refine(isName, 'not a name')", '.refine(() => true)'),
  );
  await at.page.getByText('Saved and loaded').waitFor();
  await run(at.page).click();
  await checksOf(at.page)
    .first()
    .getByText('Whatever characters a city consists of, it is let through.')
    .waitFor();
  writeFileSync(inCopy(`exercises/${FILE}`), shipped);
  await at.page.getByText('Saved and loaded').waitFor();
  await run(at.page).click();
  await expect.poll(() => known()?.grade?.failed).toEqual(grade?.failed);
});

test('before they are run, the latest grade is shown; a stop keeps it', async () => {
  await openChecks();
  await at.page
    .getByText(new RegExp(`^The latest grade, of .*: ${WORK} of ${ALL} checks passed\\.$`))
    .waitFor();
  const before = known()?.grade;
  await at.page
    .getByRole('list', { name: 'Checks that failed then' })
    .getByRole('link', { name: 'Characters that are not letters' })
    .waitFor();

  await at.page.keyboard.press('Control+Enter');
  await checksOf(at.page).getByText('running').first().waitFor();
  const other = await openPage();
  await other.goto(at.page.url());
  await other.getByRole('tab', { name: 'Checks' }).click();
  await run(other).click();
  await other.getByText(/^Another page is grading topic 08\./).waitFor();
  await other.close();

  await at.page.getByRole('button', { name: 'Stop the checks' }).click();
  await status()
    .getByText(/^Stopped\. \d+ of \d+ checks were through\. Your grade stays as it was\.$/)
    .waitFor();
  await checksOf(at.page).getByText('not run').first().waitFor();
  expect(known()?.grade).toEqual(before);
});

test('hints come one at a time, and are counted', async () => {
  await openChecks();
  const hints = at.page.getByRole('region', { name: 'Hints' });
  await hints.getByRole('button', { name: 'Show a hint' }).click();
  await hints.getByText('2 left').waitFor();
  expect(await hints.getByRole('listitem').count()).toBe(1);
  await hints.getByRole('button', { name: 'Show one more hint' }).click();
  await hints.getByText('1 left').waitFor();
  await at.page.reload();
  await at.page.getByRole('tab', { name: 'Checks' }).click();
  await hints.getByRole('button', { name: 'Show one more hint' }).click();
  await hints.getByText('That is all of them.').waitFor();
  expect(await hints.getByRole('listitem').count()).toBe(3);
  expect(known()?.hints).toBe(3);
});

test('a file that is saved is graded again, if one likes, and passes', async () => {
  await openChecks();
  await at.page.getByRole('checkbox', { name: 'Run them again whenever I save' }).check();
  solve();
  await status().getByText(`All ${ALL} checks passed: ${POINTS} of ${POINTS} points.`).waitFor();
  expect(known()?.grade).toMatchObject({ passed: ALL, all: ALL, failed: [] });
  const passed = at.page.getByRole('region', { name: 'Passed' });
  await passed.getByText('Characters that are not letters').waitFor();
  await passed.getByText('Your file beside the reference').click();
  await passed.getByText('They are the same.').waitFor();
  await expectAccessible(at.page);
  await at.page.reload();
  await at.page.getByRole('tab', { name: 'Checks' }).click();
  expect(
    await at.page.getByRole('checkbox', { name: 'Run them again whenever I save' }).isChecked(),
  ).toBe(true);
});

test('the progress page shows it, saves it as a file, and begins anew', async () => {
  await at.open('progress');
  const row = at.page.getByRole('row', { name: 'City input' });
  await row.getByText('Solved', { exact: true }).waitFor();
  await row.getByRole('link', { name: `${ALL} of ${ALL} checks passed` }).waitFor();
  await at.page.getByRole('link', { name: 'Read 01 OAuth discovery' }).waitFor();
  await expectAccessible(at.page);

  const saving = at.page.waitForEvent('download');
  await at.page.getByRole('button', { name: 'Save it as a JSON file' }).click();
  const download = await saving;
  await download.saveAs(inCopy('saved.json'));
  expect(download.suggestedFilename()).toMatch(/^workbook-progress-\d{4}-\d\d-\d\d\.json$/);
  const saved: unknown = JSON.parse(readFileSync(inCopy('saved.json'), 'utf8'));
  expect(saved).toMatchObject({ progress: { [TOPIC]: { grade: { passed: ALL }, hints: 3 } } });

  const forget = at.page.getByRole('button', { name: 'Forget my progress…' });
  await forget.click();
  const dialog = at.page.getByRole('alertdialog', { name: 'Forget what you have done?' });
  await dialog
    .getByText(/Your record holds 1 lesson opened, .*1 grade and 3 hints seen\./)
    .waitFor();
  await expectAccessible(at.page);
  await at.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(known()?.hints).toBe(3);

  const kept = readFileSync(inCopy('.workbook/progress.jsonl'), 'utf8');
  await forget.click();
  await dialog.getByRole('button', { name: 'Forget my progress' }).click();
  const note = at.page
    .getByRole('status')
    .getByText(/^Forgotten\. What was there is kept in \.workbook\/progress-.*\.jsonl\.$/);
  await note.waitFor();
  await row.getByText('Not solved yet').waitFor();
  expect(known()).toBeUndefined();
  const [aside = ''] = readdirSync(inCopy('.workbook')).filter((name) =>
    name.startsWith('progress-'),
  );
  expect(readFileSync(inCopy(`.workbook/${aside}`), 'utf8')).toBe(kept);
  expect(readFileSync(inCopy(`exercises/${FILE}`), 'utf8')).toBe(
    readFileSync(inCopy(`solutions/${FILE}`), 'utf8'),
  );
});

test('topics are graded one after another, and those that are through stay', async () => {
  await at.open('progress');
  await at.page.getByRole('button', { name: 'Grade all topics' }).click();
  await at.page
    .getByRole('row', { name: 'OAuth discovery' })
    .getByRole('link', { name: '1 of 4 checks passed' })
    .waitFor();
  await at.page.getByRole('row', { name: 'Secure server' }).getByText('Waiting').waitFor();
  await at.page.getByRole('button', { name: 'Stop grading' }).click();
  await at.page
    .getByRole('status')
    .getByText(/^Stopped\. \d+ of \d+ topics were through, and keep their new grade\.$/)
    .waitFor();
});
