import { expect, it } from 'vitest';
import type { Question } from '../../../grader/quiz/question.ts';
import { describeOrder, moveStep } from './order-of-steps.ts';

const question: Question = {
  id: 'sort',
  kind: 'order',
  question: '?',
  options: ['two', 'three', 'one'].map((text) => ({ text, why: `why ${text}` })),
  answer: [2, 0, 1],
};

it('moves one step, and keeps the order of the others', () => {
  expect(moveStep([5, 6, 7], 0, 1)).toEqual([6, 5, 7]);
  expect(moveStep([5, 6, 7], 2, 1)).toEqual([5, 7, 6]);
});

it('says where an order begins to be wrong', () => {
  expect(describeOrder(question, [2, 0, 1]).right).toBe(true);
  expect(describeOrder(question, [0, 1, 2])).toEqual({
    right: false,
    text: '“two” is not number 1. why two',
  });
  expect(describeOrder(question, [2, 1, 0]).text).toBe(
    'The first one is right. “three” is not number 2. why three',
  );
});
