import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOfJsonProblem } from './place-of-json-problem.ts';

it.each([
  ['', 0],
  ['{ "claims": ', 12],
  ['{ "claims": }', 12],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['{"a":1]', 6],
  ['[}', 1],
  ['{} {}', 3],
  ["{'a':1}", 1],
  ['"never ends', 0],
  [String.raw`{"a":"\x"}`, 5],
  ['"a\nb"', 0],
  ['01', 1],
  ['1.', 0],
  ['nul', 0],
  ['{"a":1}', undefined],
  [' [ { "é\u007f\u0085😀" : [ ] } , -0.5e+3 , true, null, {} ]\r\n', undefined],
])('%j', (text, place) => expect(placeOfJsonProblem(text)).toBe(place));

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

it('finds a place exactly if the browser’s parser refuses the text', () => {
  const piece = fc.constantFrom(...'{}[]:,"\\1-0.e \t'.split(''), '"a"', 'true');
  const pieces = fc.array(piece, { maxLength: 12 }).map((some) => some.join(''));
  const texts = fc.oneof(pieces, fc.json(), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(texts, (text) => {
      expect(placeOfJsonProblem(text) === undefined).toBe(isJson(text));
    }),
    { numRuns: 500 },
  );
});
