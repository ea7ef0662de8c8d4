/**
 * The quiz of a lesson, by keyboard, and what comes of its answers.
 *
 * @module-tag long
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { readQuiz } from '../../grader/quiz/read-quiz.ts';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const TOPIC = '03-pkce';
const questions = readQuiz(TOPIC);
const questionOf = (kind: 'choose' | 'order' | 'hole') => {
  const index = questions.findIndex((question) => question.kind === kind);
  const question = questions[index];
  if (!question) throw new Error(`${TOPIC} has no question of this kind: ${kind}`);
  return { ...question, index };
};

const at = ownWorkbookPage();
const quiz = () => at.page.getByRole('region', { name: 'Check your understanding' });
const group = (index: number) =>
  quiz()
    .getByRole('group')
    .filter({ hasText: new RegExp(`^${index + 1}\\. `) });
const count = (right: number) => quiz().getByText(`${right} of ${questions.length} answered right`);
const standing = (text: string) =>
  at.page
    .getByRole('navigation', { name: 'Topics' })
    .getByRole('link', { name: /PKCE/ })
    .getByText(text);
const answers = () =>
  new ProgressJournal(path.join(at.workbook.folder, '.workbook')).read()[TOPIC]?.answers;

async function openQuiz(): Promise<void> {
  await at.page.setViewportSize({ width: 1400, height: 900 });
  await at.open(`topic/${TOPIC}/quiz`);
  await quiz().waitFor();
}

test('a choice is made by keyboard, wrong and then right, and both are explained', async () => {
  await openQuiz();
  const { index, answer, options } = questionOf('choose');
  const [right = 0] = answer;
  const wrong = right === 0 ? 1 : 0;
  const radios = group(index).getByRole('radio');
  await count(0).waitFor();
  await radios.nth(wrong).focus();
  await at.page.keyboard.press('Space');
  await group(index).getByRole('status').getByText('Not quite.').waitFor();
  await count(0).waitFor();
  await at.page.keyboard.press(right > wrong ? 'ArrowDown' : 'ArrowUp');
  await group(index).getByRole('status').getByText('Right.').waitFor();
  expect(await group(index).textContent()).toContain(options[right]?.why?.replaceAll('`', ''));
  await count(1).waitFor();
  await standing(`1 of ${questions.length} answered`).waitFor();
});

test('the line with the hole is found among lines of code', async () => {
  await openQuiz();
  const { index, answer, options } = questionOf('hole');
  const pickable = options.flatMap(({ why }, line) => (why === undefined ? [] : [line]));
  const radios = group(index).getByRole('radio');
  expect(await radios.count()).toBe(pickable.length);
  const wrong = pickable.find((line) => line !== answer[0]) ?? 0;
  const line = (number: number) =>
    group(index).getByRole('radio', { name: new RegExp(`^Line ${number + 1}\\b`) });
  await line(wrong).focus();
  await at.page.keyboard.press('Space');
  await group(index).getByText('Not quite.').waitFor();
  await line(answer[0] ?? 0).focus();
  await at.page.keyboard.press('Space');
  await group(index).getByText('Right.').waitFor();
  await count(2).waitFor();
});

test('steps are moved with two buttons, which keep the focus and say where a step is', async () => {
  await openQuiz();
  const { index, answer, options } = questionOf('order');
  const steps = group(index).getByRole('listitem');
  const focused = () => at.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  const nameOf = (step: number): string => options[step]?.text.replaceAll('`', '') ?? '';
  const check = group(index).getByRole('button', { name: 'Check the order' });

  await check.press('Enter');
  await group(index).getByText('Not quite.').waitFor();
  await expect.poll(() => answers()?.[questionOf('order').id]).toBe(false);

  const [top] = await steps.allTextContents();
  const down = steps.first().getByRole('button', { name: /^Down: / });
  const name = await down.getAttribute('aria-label');
  await down.focus();
  await at.page.keyboard.press('Enter');
  await expect.poll(() => steps.nth(1).textContent()).toBe(top);
  expect(await focused()).toBe(name);

  for (const [place, step] of answer.entries()) {
    const up = steps
      .filter({ hasText: nameOf(step) })
      .getByRole('button', { name: `Up: ${nameOf(step)}` });
    const texts = await steps.allTextContents();
    const from = texts.findIndex((text) => text.startsWith(nameOf(step)));
    if (from === place) continue;
    await up.focus();
    for (let now = from; now > place; now--) {
      await at.page.keyboard.press('Enter');
      await group(index)
        .getByRole('status')
        .getByText(`Now number ${now} of ${options.length}.`)
        .waitFor();
      expect(await focused()).toBe(`Up: ${nameOf(step)}`);
    }
  }
  await check.press('Enter');
  await group(index).getByRole('status').getByText('Right.').waitFor();
  for (const { why = '' } of options) {
    expect(await group(index).textContent()).toContain(why.replaceAll('`', ''));
  }
  await count(3).waitFor();
});

test('what was answered right is there after a reload, and the rest ticks the lesson', async () => {
  await openQuiz();
  await count(3).waitFor();
  const { index, answer, options } = questionOf('order');
  const [first] = await group(index).getByRole('listitem').allTextContents();
  expect(first).toContain(options[answer[0] ?? 0]?.text.replaceAll('`', ''));
  const wrong = group(0).getByRole('radio').last();
  await wrong.check();
  await group(0).getByText('Not quite.').waitFor();
  await expectAccessible(at.page);
  await at.page.setViewportSize({ width: 1400, height: 900 });

  for (const [number, { kind, answer }] of questions.entries()) {
    if (kind === 'choose')
      await group(number)
        .getByRole('radio')
        .nth(answer[0] ?? 0)
        .check();
  }
  await quiz().getByRole('status').getByText('This lesson is done.').waitFor();
  await standing('Lesson done').waitFor();
  await expect.poll(() => Object.values(answers() ?? {})).toEqual(questions.map(() => true));

  await at.open('progress');
  const row = at.page.getByRole('row', { name: 'PKCE' });
  await row.getByText('Done', { exact: true }).waitFor();
  await at.page.getByRole('button', { name: 'Forget my progress…' }).click();
  await at.page
    .getByRole('alertdialog')
    .getByText(new RegExp(`1 lesson opened and ${questions.length} quiz answers\\.`))
    .waitFor();
});

test('what is answered in a terminal is ticked on the page at once', async () => {
  await openQuiz();
  await at.open('topic/14-secure-server/quiz');
  await quiz().getByText('0 of 6 answered right').waitFor();
  new ProgressJournal(path.join(at.workbook.folder, '.workbook')).append(
    readQuiz('14-secure-server').map(({ id }) => ({
      type: 'answered',
      topic: '14-secure-server',
      question: id,
      right: true,
    })),
  );
  await quiz().getByText('6 of 6 answered right').waitFor();
  const journal = readFileSync(path.join(at.workbook.folder, '.workbook/progress.jsonl'), 'utf8');
  expect(journal).toContain('"type":"answered"');
});
