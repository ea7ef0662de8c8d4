/**
 * Once through every part of the page, in a real browser: each is there, asks the lab, and shows what
 * came of it. What each part does besides is in a file of its own.
 */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { curriculum } from '../../catalogue/curriculum.ts';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const region = (name: string) => at.page.getByRole('region', { name });
const press = (name: string) => at.page.getByRole('button', { name, exact: true }).click();
const verdict = (target: string, word: string) =>
  region(`Result against ${target}`).getByText(word, { exact: true }).waitFor();

test('the start page lists every topic, and axe finds nothing on it', async () => {
  await at.open('');
  const topics = at.page.getByRole('navigation', { name: 'Topics' }).getByRole('listitem');
  await topics.first().waitFor();
  expect(await topics.count()).toBe(curriculum.length);
  await expectAccessible(at.page);
});

test('an attack is fired at three servers, and a saved fix stops it without a reload', async () => {
  await at.open('attack/tok-tampered');
  await press('Fire');
  await verdict('Baseline', 'Breached');
  await verdict('Yours', 'Breached');
  await verdict('Reference', 'Blocked');
  for (const file of ['verify-access-token.ts', 'bearer-auth.ts']) {
    const place = `05-access-tokens/${file}`;
    const { folder } = at.workbook;
    cpSync(path.join(folder, 'solutions', place), path.join(folder, 'exercises', place));
  }
  await verdict('Yours', 'Blocked');
});

test('a topic is graded', async () => {
  await at.open('topic/01-oauth-discovery');
  await at.page.getByRole('tab', { name: 'Checks' }).click();
  await press('Run the checks of this topic');
  await region('Checks of')
    .getByRole('status')
    .getByText(/^\d of \d checks passed, \d did not/)
    .waitFor();
});

test('a lesson asks, and the palette leads to it', async () => {
  await at.open('');
  await at.page.getByRole('button', { name: 'Go to' }).click();
  await at.page.getByRole('combobox').fill('10 rate limits');
  await at.page.keyboard.press('Enter');
  await at.page.getByRole('heading', { name: 'Rate limits', level: 1 }).waitFor();
  await at.page.getByRole('link', { name: 'Check your understanding' }).first().click();
  await at.page.getByRole('heading', { name: 'Check your understanding' }).waitFor();
});

test('a burst is fired', async () => {
  await at.open('burst');
  await press('Fire the schedule');
  await region('Calls at Baseline').getByText('120 in one minute', { exact: true }).waitFor();
});

test('the flow is walked', async () => {
  await at.open('flow');
  const results = at.page.getByRole('status').getByRole('listitem');
  await results.filter({ hasText: 'Reference:' }).getByText('Reached the end').waitFor();
});

test('a token is taken apart', async () => {
  await at.open('tokens');
  await press('Get a real token');
  await at.page.getByText('"at+jwt"', { exact: true }).first().waitFor();
});

test('an envelope is taken apart', async () => {
  await at.open('envelope');
  await region('Opened at Baseline').getByText('wk-alice-4f1c90', { exact: true }).waitFor();
});

test('after an incident, questions are asked of the log', async () => {
  await at.open('forensics');
  await press('Let it happen');
  await at.page.getByRole('heading', { name: 'What happened?' }).waitFor();
});
