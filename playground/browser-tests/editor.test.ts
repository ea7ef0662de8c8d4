/**
 * The learner's files, edited in the page while they may be changed elsewhere as well.
 *
 * @module-tag long
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const FILE = 'exercises/08-city-input/city-input.ts';
const inCopy = (file: string): string => readFileSync(path.join(at.workbook.folder, file), 'utf8');
const writeOutside = (text: string): void =>
  writeFileSync(path.join(at.workbook.folder, FILE), text);
const onDisk = (): string => inCopy(FILE);
const solution = (): string => inCopy('solutions/08-city-input/city-input.ts');

const editor = (): Locator => at.page.getByRole('textbox', { name: FILE });
const button = (name: string): Locator => at.page.getByRole('button', { name });
const says = (text: string | RegExp): Promise<void> =>
  at.page.getByRole('status').getByText(text).first().waitFor();

async function openEditor(place: string): Promise<void> {
  await at.open(place);
  await at.page.getByRole('tab', { name: 'Your file' }).click();
  await says('The same as on disk.');
}

async function type(keys: string, text: string): Promise<void> {
  // The field that stands in at first cannot be edited.
  await expect.poll(() => editor().isEditable()).toBe(true);
  await editor().press(keys);
  await at.page.keyboard.insertText(text);
  await says('Unsaved changes');
}

let shipped: string;
beforeEach(() => {
  shipped = onDisk();
});
afterEach(() => writeOutside(shipped));

test('a file that is saved in the page changes the verdict of the last attack', async () => {
  await at.open('attack/city-length-type');
  await at.page.getByRole('radio', { name: 'Yours runs your files' }).check();
  await button('Fire').click();
  const result = at.page.getByRole('region', { name: 'Result against Yours' });
  await result.getByText('Breached', { exact: true }).waitFor();

  await at.page.getByRole('tab', { name: 'Your file' }).click();
  const mine = at.page
    .getByRole('list', { name: 'Verdicts' })
    .getByRole('listitem')
    .filter({ hasText: 'Yours' });
  await mine.getByText('Breached', { exact: true }).waitFor();
  await expect.poll(() => editor().isEditable()).toBe(true);
  await editor().press('Control+a');
  await at.page.keyboard.insertText(solution());
  await says('Unsaved changes. This browser keeps them until you save or discard them.');
  expect(onDisk()).toBe(shipped);
  await editor().press('Control+s');
  await says('The same as on disk.');
  expect(onDisk()).toBe(solution());
  await says('Saved and loaded');
  await mine.getByText('Blocked', { exact: true }).waitFor();

  await at.page.getByRole('tab', { name: 'Attack' }).click();
  await result.getByText('Blocked', { exact: true }).waitFor();
});

test('the key saves the file that is shown, and no other of the topic', async () => {
  const files = ['verify-access-token.ts', 'bearer-auth.ts'];
  const textsOf = (): string[] => files.map((file) => inCopy(`exercises/05-access-tokens/${file}`));
  const before = textsOf();
  await at.open('topic/05-access-tokens');
  await at.page.getByRole('tab', { name: 'Your files' }).click();
  for (const file of files) {
    await at.page.getByRole('tab', { name: file }).click();
    const shown = at.page.getByRole('textbox', { name: file });
    await expect.poll(() => shown.isEditable()).toBe(true);
    await shown.press('Control+End');
    await at.page.keyboard.insertText(`// of ${file}\n`);
  }
  const [first = '', second = ''] = files;
  await at.page.getByRole('tab', { name: first }).click();
  await at.page.getByRole('textbox', { name: first }).press('Control+s');
  await expect.poll(textsOf).toEqual([`${before[0]}// of ${first}\n`, before[1]]);
  await at.page.getByRole('tab', { name: second }).click();
  await at.page.getByRole('textbox', { name: second }).press('Control+s');
  await expect.poll(textsOf).toEqual(files.map((file, i) => `${before[i]}// of ${file}\n`));
  for (const [i, file] of files.entries()) {
    writeFileSync(
      path.join(at.workbook.folder, 'exercises/05-access-tokens', file),
      before[i] ?? '',
    );
  }
});

test('types help while one writes: what fits, what it is, what is wrong', async () => {
  await openEditor('topic/08-city-input');
  await type('Control+End', 'const mine = citySchema.safeP');
  const offered = at.page.getByRole('listbox', { name: 'Completions' });
  await offered.getByRole('option', { name: 'safeParse', exact: true }).waitFor();
  await expectAccessible(at.page);
  await at.page.keyboard.press('Enter');
  await at.page.keyboard.insertText('(1, 2, 3);\n');
  await at.page.keyboard.press('Escape');
  await editor().getByText('citySchema.safeParse').first().waitFor();

  await at.page.keyboard.press('ArrowUp');
  for (const _ of 'const mi') await at.page.keyboard.press('ArrowRight');
  await at.page.keyboard.press('Control+i');
  await says(/const mine: .*Result/);

  await editor().press('Control+Shift+M');
  const problems = at.page.getByRole('listbox', { name: 'Diagnostics' });
  await problems.getByText(/Expected 1-2 arguments, but got 3/).waitFor();
});

test('a file that does not load is marked at its line', async () => {
  await openEditor('topic/08-city-input');
  await type('Control+End', 'const broken = (;\n');
  await button('Save').click();
  await at.page.getByText('As saved, this file does not load.').waitFor();
  await editor().press('Control+Shift+M');
  const problems = at.page.getByRole('listbox', { name: 'Diagnostics' });
  await problems.getByText(`${FILE}:${shipped.split('\n').length}: Unexpected ";"`).waitFor();
  await editor().press('Control+Home');
  await at.page.keyboard.press('F8');
  await at.page.keyboard.insertText('// mended');
  await button('Save').click();
  await at.page.getByText('As saved, this file does not load.').waitFor({ state: 'detached' });
  expect(onDisk()).toBe(`${shipped}// mended\n`);
});

test('a change from elsewhere is taken over, and the cursor stays with its line', async () => {
  await openEditor('topic/08-city-input');
  await expect.poll(() => editor().isEditable()).toBe(true);
  await editor().press('Control+Home');
  await editor().press('End');
  const theirs = `// from elsewhere\n${shipped}// and here\n`;
  writeOutside(theirs);
  await editor().getByText('// from elsewhere').waitFor();
  await at.page.keyboard.insertText(' // mine');
  await says('Unsaved changes');
  await button('Save').click();
  await says('The same as on disk.');
  const [first = ''] = shipped.split('\n');
  expect(onDisk()).toBe(theirs.replace(first, `${first} // mine`));
});

describe('a change from elsewhere under unsaved changes', () => {
  const theirs = (): string => `// theirs\n${shipped}`;

  test('overwrites nothing, and is not overwritten, until the learner decides', async () => {
    await openEditor('topic/08-city-input');
    await type('Control+End', '// mine\n');
    writeOutside(theirs());
    const banner = at.page.getByRole('region', { name: 'The file changed on disk' });
    await banner.waitFor();
    await says('The file changed on disk. Nothing was overwritten.');
    await editor().press('Control+s');
    await editor().getByText('// mine').waitFor();
    expect(onDisk()).toBe(theirs());

    await banner.getByText('Show the differences').click();
    const lines = banner.getByRole('group', { name: 'Differences' }).getByRole('listitem');
    await lines.filter({ hasText: 'In the file: // theirs' }).waitFor();
    await lines.filter({ hasText: 'In the editor: // mine' }).waitFor();

    await banner.getByRole('button', { name: 'Take the file’s version' }).click();
    await says('The same as on disk.');
    await editor().press('Control+z');
    await says('Unsaved changes');
    await editor().getByText('// mine').waitFor();
    expect(onDisk()).toBe(theirs());

    await button('Discard changes').click();
    await type('Control+End', '// mine again\n');
    writeOutside(`// theirs again\n${shipped}`);
    await banner.getByRole('button', { name: 'Keep mine and overwrite' }).click();
    await says('The same as on disk.');
    expect(onDisk()).toBe(`${theirs()}// mine again\n`);
    const kept = path.join('.workbook', 'saved');
    const folders = readdirSync(path.join(at.workbook.folder, kept)).sort();
    // Files of other topics may have been kept as well.
    const places = folders.map((folder) => path.join(kept, folder, FILE));
    const there = places.filter((place) => existsSync(path.join(at.workbook.folder, place)));
    const texts = there.map(inCopy);
    expect(texts).toContain(`// theirs again\n${shipped}`);
  });

  test('is noticed by the lab when the page has not heard of it', async () => {
    await openEditor('topic/08-city-input');
    await type('Control+End', '// mine\n');
    await at.page.route(/lab\/stub\?/, (route) => route.abort());
    writeOutside(theirs());
    await says('Saved and loaded');
    await button('Save').click();
    await at.page.getByRole('region', { name: 'The file changed on disk' }).waitFor();
    expect(onDisk()).toBe(theirs());
  });

  test('is found when unsaved changes of an earlier visit come back', async () => {
    await openEditor('topic/08-city-input');
    await type('Control+End', '// mine\n');
    await at.open('topic/10-rate-limits');
    await at.page.reload();
    await at.page.getByRole('heading', { level: 1, name: 'Rate limits' }).waitFor();
    await at.open('topic/08-city-input');
    await at.page.getByRole('tab', { name: 'Your file' }).click();
    await says('Unsaved changes from your last visit');
    await editor().press('Control+End');
    await editor().getByText('// mine').waitFor();

    await at.open('');
    writeOutside(theirs());
    await at.page.reload();
    await at.open('topic/08-city-input');
    await at.page.getByRole('tab', { name: 'Your file' }).click();
    await at.page.getByRole('region', { name: 'The file changed on disk' }).waitFor();
    await button('Take the file’s version').click();
    await says('The same as on disk.');
    await at.page.reload();
    await at.page.getByRole('tab', { name: 'Your file' }).click();
    await says('The same as on disk.');
    expect(onDisk()).toBe(theirs());
  });
});

test('a link to an attack leads to the attack, and not to the file that was open', async () => {
  await openEditor('topic/08-city-input');
  await type('Control+End', '// mine');
  const article = at.page.getByRole('article');
  await article.getByRole('link', { name: 'city-length-type' }).first().click();
  await at.page.getByRole('heading', { name: 'Wrong length, wrong type' }).waitFor();
  await at.page.getByRole('tab', { name: 'Your file' }).click();
  await editor().press('Control+z');
  await says('The same as on disk.');
});

test('Tab indents, and leaves the editor after Escape', async () => {
  await openEditor('topic/08-city-input');
  const isInEditor = (): Promise<boolean> =>
    editor().evaluate((element) => element === document.activeElement);
  await type('Control+End', 'x');
  await editor().press('Tab');
  expect(await isInEditor()).toBe(true);
  await editor().press('Escape');
  await editor().press('Tab');
  expect(await isInEditor()).toBe(false);
  await button('Save').click();
  await expect.poll(onDisk).toBe(`${shipped}  x`);
});

test('beside it stand what was changed, the contracts, and a way into an editor of one’s own', async () => {
  await openEditor('topic/08-city-input');
  await at.page.getByText('What you changed').click();
  await says('Nothing yet: it is as it was shipped.');
  await type('Control+End', '// mine\n');
  const changed = at.page.getByRole('group', { name: 'Differences' }).getByRole('listitem');
  await changed.filter({ hasText: 'In the editor: // mine' }).waitFor();

  await at.page.getByText(/^The contracts/).click();
  const given = at.page.getByRole('group', { name: 'exercises/weather-server/controls.ts' });
  await given.getByText('export type CitySchema').waitFor();

  await at.page.getByLabel('Your editor').selectOption('Cursor');
  const link = at.page.getByRole('link', { name: 'Open in' });
  expect(await link.getAttribute('href')).toMatch(/^cursor:\/\/file\/.*city-input\.ts:1$/);
  await expectAccessible(at.page);
});

describe('the payload', () => {
  const payload = (): Locator => at.page.getByRole('textbox', { name: /Payload/ });

  test('is undone, redone and reset, and Tab leaves it', async () => {
    await at.open('attack/tok-wrong-audience');
    await payload().fill('{ "claims": [1, 2 }');
    await says('This is not valid JSON');
    expect(await payload().getAttribute('aria-invalid')).toBe('true');
    await payload().press('Control+z');
    await payload().getByText('billing.example').waitFor();
    await payload().press('Control+y');
    await payload().getByText('[1, 2 }').waitFor();
    await button('Reset').click();
    await payload().getByText('billing.example').waitFor();
    await payload().press('Tab');
    expect(await payload().evaluate((element) => element.contains(document.activeElement))).toBe(
      false,
    );
  });

  test('is edited in a plain field when the editor cannot be loaded', async () => {
    await at.page.route(/code-mirror/, (route) => route.abort());
    await at.open('attack/tok-wrong-audience');
    await payload().fill('{ "claims": { "aud": "https://mine.example" } }');
    await at.page.getByRole('radio', { name: /Baseline/ }).check();
    await button('Fire').click();
    const result = at.page.getByRole('region', { name: 'Result against Baseline' });
    await result.getByText('Breached', { exact: true }).waitFor();
  });
});

test('axe finds nothing in either theme', async () => {
  await openEditor('topic/08-city-input');
  await type('Control+End', 'const broken = (;\n');
  await button('Save').click();
  await at.page.getByText('As saved, this file does not load.').waitFor();
  await type('Control+End', '// mine\u202e\n');
  writeOutside(`// theirs\n${shipped}`);
  await at.page.getByText('Show the differences').click();
  await editor().press('Control+f');
  await at.page.getByRole('textbox', { name: 'Find' }).waitFor();
  await expectAccessible(at.page);

  await at.open('attack/city-length-type');
  await at.page.getByRole('tab', { name: 'Your file' }).click();
  await editor().waitFor();
  await expectAccessible(at.page);
});
