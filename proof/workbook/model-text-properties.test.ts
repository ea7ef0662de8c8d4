/** What must hold of the reference's texts for a model, for any text and any list of tools. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedTool } from '../../exercises/weather-server/controls.ts';
import { presentUpstreamText, reviewTools } from '../../solutions/09-injection/model-facing.ts';
import { HIDDEN } from '../../catalogue/attacks/09-injection/naive-agent.ts';
import { textOf } from '../../catalogue/attacks/09-injection/prompt-injection.ts';

const hostileText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '\\',
      '2',
      'J',
      ';',
      '\u0007',
      '\u009b',
      '\u009c',
      '\u009d',
    ),
    fc.constantFrom(
      '\u200c',
      '\u200d',
      '\ufe0f',
      '\u00ad',
      '\u3164',
      '\u{13430}',
      '☀',
      '\u{e0041}',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 300,
});

test('nothing hidden is presented, and nothing too long', () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 0, max: 200 }), (text, most) => {
      const shown = textOf(presentUpstreamText(text, most)) ?? '';
      expect(shown).not.toMatch(HIDDEN);
      expect(Array.from(shown).length).toBeLessThanOrEqual(most);
    }),
    { numRuns: 2000 },
  );
});

const tool = (description: unknown, inputSchema: unknown = {}): ListedTool =>
  ({ name: 'hostile', inputSchema, description }) as ListedTool;
const honest: ListedTool = { name: 'honest', inputSchema: { type: 'object' } };

test.each([
  ['strings that never end', `${'\u009d'.repeat(31_999)}\u001b`],
  ['strings of two characters', '\u001b]'.repeat(16_000)],
  ['a control sequence without an end', `\u009b${'0'.repeat(31_999)}`],
  ['letters between introducers', `${'\u0090a'.repeat(16_000)}\u001b`],
  ['marks on one letter', `e${'\u0301\u0316'.repeat(16_000)}`],
  ['blanks, not quite a run', `${' '.repeat(11)}x`.repeat(2_600)],
])('%s take no time', (_what, text) => {
  const start = performance.now();
  presentUpstreamText(text, 4000);
  reviewTools([tool(text)], new Set());
  // Some ten milliseconds on a quiet machine; quadratic time took seconds.
  expect(performance.now() - start).toBeLessThan(1000);
});

function nested(levels: number): unknown {
  let value: unknown = { description: 'deep' };
  for (let level = 0; level < levels; level++) value = { items: value };
  return value;
}

test.each<[string, unknown]>([
  ['40 levels', tool('', nested(40))],
  ['100,000 levels', tool('', nested(100_000))],
  ['a million numbers', tool('', { enum: Array.from({ length: 1_000_000 }, () => 1) })],
  ['a long description', tool('x'.repeat(70_000))],
  ['hidden letters', tool('a\u00adb')],
  ['controls of hieroglyphs', tool('a\u{13430}b')],
  ['null', null],
  ['a text', 'hostile'],
  ['a name that is a number', { name: 1, inputSchema: {} }],
])('refused, and no other tool with it: %s', (_what, hostile) => {
  const { questions } = reviewTools([hostile as ListedTool, honest], new Set());
  expect(questions.map(({ name }) => name)).toEqual(['honest']);
});

test('a run of Windows line ends is counted', () => {
  const { questions } = reviewTools([tool(`Tides.${'\r\n'.repeat(500)}More.`)], new Set());
  expect(questions[0]?.text).toContain('Tides. (2000 blanks) More.');
});
