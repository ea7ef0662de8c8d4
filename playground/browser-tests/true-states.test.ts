/**
 * What the page says of a topic is true of the learner's files as they are now.
 *
 * @module-tag long
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const FILE = '08-city-input/city-input.ts';
const stub = (): string => path.join(at.workbook.folder, 'exercises', FILE);
const solution = (): string => path.join(at.workbook.folder, 'solutions', FILE);
const row = () => at.page.getByRole('row', { name: 'City input' });
const checks = () => at.page.getByRole('region', { name: 'Checks of City input' });

test('a solved topic whose file no longer loads is not solved, and is again once it is mended', async () => {
  const shipped = readFileSync(stub(), 'utf8');
  cpSync(solution(), stub());
  await at.open('checks/08-city-input');
  await checks().getByRole('button', { name: 'Run the checks of this topic' }).click();
  await checks().getByRole('region', { name: 'Passed' }).waitFor();
  // Ordinary use is ticked by the checks that passed it.
  await at.page.getByRole('tab', { name: 'Attack' }).click();
  await at.page.getByRole('button', { name: /city-length-type/ }).click();
  const use = at.page.locator('label').filter({ hasText: 'accepts-short-names' });
  await use.getByText('Yours: works.').waitFor({ state: 'attached' });

  await at.open('progress');
  await row().getByText('Solved', { exact: true }).waitFor();
  const solved = readFileSync(stub(), 'utf8');
  writeFileSync(stub(), `${solved}const broken = (;\n`);
  await row().getByText('Does not load').waitFor();
  await expectAccessible(at.page);
  await at.page.reload();
  await row().getByText('Does not load').waitFor();
  await at.open('checks/08-city-input');
  await checks().getByText('As saved, your files do not load.').waitFor();
  await checks()
    .getByText(/city-input\.ts:\d+: Unexpected/)
    .waitFor();
  await expectAccessible(at.page);

  writeFileSync(stub(), solved);
  await at.open('progress');
  await row().getByText('Solved', { exact: true }).waitFor();
  writeFileSync(stub(), `${solved}// a remark\n`);
  await row().getByText('saved since').waitFor();
  // As shipped, whoever brought the file back.
  writeFileSync(stub(), shipped);
  await row().getByText('Not solved yet').waitFor();
  expect(await row().getByText('Checks not run yet').count()).toBe(1);
});
