import { expect, it } from 'vitest';
import { readRepeat } from './use-repeat.ts';

it('takes what the lab takes, and says what that is', () => {
  expect(readRepeat('once', 'nonsense')).toEqual({ repeat: undefined, problem: undefined });
  expect(readRepeat('in-turn', '50').repeat).toEqual({ how: 'in-turn', times: 50 });
  expect(readRepeat('at-once', '20').repeat).toEqual({ how: 'at-once', times: 20 });
  expect(readRepeat('in-turn', '51').problem).toBe('The number of shots is from 2 to 50.');
  for (const times of ['', '1', '21', '2.5', 'x', '-3']) {
    expect(readRepeat('at-once', times).problem).toBe('The number of shots is from 2 to 20.');
  }
});
