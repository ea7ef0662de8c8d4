import { expect, it } from 'vitest';
import { marksOf } from './load-problem.ts';

const FILE = 'exercises/08-city-input/city-input.ts';

it('finds the lines of this file, each once', () => {
  const problem = `${FILE}:30: Unexpected ";" (see ${FILE}:7 and ${FILE}:30, other.ts:4).`;
  expect(marksOf(problem, FILE).map((mark) => mark.line)).toEqual([30, 7]);
});

it('finds nothing in a problem of another file, without a line, or when there is none', () => {
  expect(marksOf('exercises/08-city-input/other.ts:3: no', FILE)).toEqual([]);
  expect(marksOf(`${FILE}: exports nothing`, FILE)).toEqual([]);
  expect(marksOf(undefined, FILE)).toEqual([]);
});
