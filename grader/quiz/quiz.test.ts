/** What is asked, what counts as right, and what a malformed head of a lesson says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';
import { readLessonHead } from './lesson-head.ts';
import { prepareQuestion } from './prepare-question.ts';
import { readAnswer } from './read-answer.ts';
import { shuffledIndexes } from './shuffled-indexes.ts';

const pick = { text: 'a', right: true, why: 'yes' };
const choose = prepareQuestion({
  id: 'pick',
  kind: 'choose',
  question: '?',
  choices: [{ ...pick, text: 'b', right: false, why: 'no' }, pick],
});
const order = prepareQuestion({
  id: 'sort',
  kind: 'order',
  question: '?',
  steps: ['one', 'two', 'three', 'four'].map((text) => ({ text, why: `why ${text}` })),
});
const hole = prepareQuestion({
  id: 'find',
  kind: 'hole',
  question: '?',
  lines: [
    { code: 'f() {' },
    { code: '  a', why: 'fine' },
    { code: '  b', hole: true, why: 'bad' },
    { code: '}' },
  ],
});
const inOrder = (words: string[]): number[] =>
  words.map((word) => order.options.findIndex(({ text }) => text === word));

describe('shuffled', () => {
  const length = fc.integer({ min: 3, max: 12 });

  test('no two neighbors stand as in the right order, whatever the seed', () => {
    fc.assert(
      fc.property(length, fc.string(), (length, seed) => {
        const shown = shuffledIndexes(length, seed);
        expect([...shown].sort((a, b) => a - b)).toEqual(Array.from(shown.keys()));
        expect(shown.some((value, at) => value === (shown[at - 1] ?? -2) + 1)).toBe(false);
      }),
    );
  });

  test('the same input gives the same order', () => {
    fc.assert(
      fc.property(length, fc.string(), (length, seed) => {
        expect(shuffledIndexes(length, seed)).toEqual(shuffledIndexes(length, seed));
      }),
    );
  });

  test('even two or one come to an end', () => {
    expect(shuffledIndexes(2, '')).toEqual([1, 0]);
    expect(shuffledIndexes(1, '')).toEqual([0]);
  });
});

describe('judged', () => {
  test('a choice and a line are explained, right or wrong', () => {
    expect(judgeAnswer(choose, [1])).toEqual({ right: true, explanation: ['yes'] });
    expect(judgeAnswer(choose, [0])).toEqual({ right: false, explanation: ['no'] });
    expect(judgeAnswer(hole, [2])).toEqual({ right: true, explanation: ['bad'] });
    expect(judgeAnswer(hole, [1])).toEqual({ right: false, explanation: ['fine'] });
  });

  test('one order is right, and a wrong one is explained where it begins to be', () => {
    const wrong = judgeAnswer(order, inOrder(['one', 'three', 'two', 'four']));
    expect(wrong.right).toBe(false);
    expect(wrong.explanation).toEqual([
      'The first one is right. “three” is not number 2. why three',
    ]);
    expect(judgeAnswer(order, inOrder(['one', 'two', 'three', 'four']))).toEqual({
      right: true,
      explanation: ['one', 'two', 'three', 'four'].flatMap((step, at) => [
        `${at + 1}. ${step}`,
        `   why ${step}`,
      ]),
    });
    const orders = permutations([0, 1, 2, 3]);
    expect(orders.filter((picked) => judgeAnswer(order, picked).right)).toHaveLength(1);
  });
});

function permutations(values: number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value) =>
    permutations(values.filter((other) => other !== value)).map((rest) => [value, ...rest]),
  );
}

test('what is typed is read as numbers or letters, and refused kindly otherwise', () => {
  expect(readAnswer('2', choose)).toEqual([1]);
  expect(readAnswer(' B ', choose)).toEqual([1]);
  for (const typed of ['0', '3', 'c', '-1', '1 2', 'two', '999', '__proto__']) {
    expect(readAnswer(typed, choose), typed).toBe('Type a number from 1 to 2.');
  }
  expect(readAnswer('2', hole)).toEqual([1]);
  for (const typed of ['1', '4', '5']) expect(readAnswer(typed, hole)).toMatch(/^Type the number/);
  for (const typed of ['3 1 2 4', '3,1,2,4', '3124', 'c a b d', '3 > 1 > 2 > 4']) {
    expect(readAnswer(typed, order), typed).toEqual([2, 0, 1, 3]);
  }
  for (const typed of ['3 1 2', '3 1 2 2', '3 1 2 4 4', '3 1 2 5', '3']) {
    expect(readAnswer(typed, order), typed).toMatch(/^Type each number from 1 to 4 once/);
  }
});

describe('a malformed head names file, question and what is wrong', () => {
  const step = (text: string) => ({ text, why: 'so' });
  const line = (code: string, hole?: true) => ({ code, why: 'so', ...(hole && { hole }) });
  const about = { id: 'a-b', question: '?' };
  const choices = [pick, { ...pick, text: 'b', right: false }];

  test.each([
    [
      'exactly one choice must be right',
      { kind: 'choose', choices: [pick, { ...pick, text: 'b' }] },
    ],
    ['two choices are the same', { kind: 'choose', choices: [pick, { ...pick, right: false }] }],
    ['choices.1.why', { kind: 'choose', choices: [pick, { text: 'b', right: false }] }],
    ['steps', { kind: 'order', steps: [step('a'), step('b')] }],
    ['two steps are the same', { kind: 'order', steps: [step('a'), step('b'), step('a')] }],
    [
      'exactly one line must be the hole',
      { kind: 'hole', lines: ['a', 'b', 'c'].map((code) => line(code)) },
    ],
    [
      'exactly one line must be the hole',
      { kind: 'hole', lines: [line('a', true), line('b', true), line('c')] },
    ],
    ['at least 3 lines', { kind: 'hole', lines: [line('a', true), line('b'), { code: '}' }] }],
    [
      'the hole must have a why',
      { kind: 'hole', lines: [line('a'), line('b'), line('c'), { code: 'd', hole: true }] },
    ],
    ['kind', { kind: 'guess', choices }],
    ['lower-case words', { kind: 'choose', choices, id: 'A B' }],
  ])('%s', (what, question) => {
    const head = { title: 't', summary: 's', quiz: [{ ...about, ...question }] };
    const problem = () => readLessonHead(JSON.stringify(head), 'lessons/x.md');
    expect(problem).toThrow('lessons/x.md: the head of the lesson is wrong.');
    expect(problem).toThrow(/question “(a-b|A B)”/);
    expect(problem).toThrow(what);
  });

  test('two of one id', () => {
    const question = { ...about, kind: 'choose', choices };
    const head = { title: 't', summary: 's', quiz: [question, question] };
    expect(() => readLessonHead(JSON.stringify(head), 'lessons/x.md')).toThrow(
      /quiz: two questions have the same id/,
    );
    expect(() => readLessonHead('a: [', 'lessons/x.md')).toThrow(/^lessons\/x\.md: .*no YAML/);
  });
});
