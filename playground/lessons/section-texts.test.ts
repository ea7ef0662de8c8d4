import { expect, it } from 'vitest';
import { sectionTexts } from './section-texts.ts';

it('tells what each section says, without code, and with cells apart', async () => {
  const lesson = [
    '---\ntitle: T\n---',
    '## One `thing`',
    'Look at _no claim_ before `jwtVerify`.',
    '```ts\nconst secret = 1;\n```',
    '| a | b |\n| - | - |\n| c | d |',
    '## Two\n\n- first\n- second',
  ].join('\n\n');
  expect(await sectionTexts(lesson, 'lessons/05-t.md')).toEqual([
    { id: 'one-thing', text: 'Look at no claim before jwtVerify. a b c d' },
    { id: 'two', text: 'first second' },
  ]);
});
