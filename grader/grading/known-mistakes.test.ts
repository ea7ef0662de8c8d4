import { describe, expect, test } from 'vitest';
import { OPEN_IN_TOPIC_ITSELF, symptomOf, type CheckOutcome } from '../checks/checks-of-topic.ts';
import { curriculum } from '../../catalogue/curriculum.ts';
import { gradedAttacks, loadCatalogue } from '../../catalogue/load-catalogue.ts';
import { mistakesBehind, readKnownMistakes, type KnownMistake } from './known-mistakes.ts';

const SLUG = '05-access-tokens';
const one: KnownMistake = { name: 'one', mistake: 'One.', fails: { a: 'x: breached' } };
const both: KnownMistake = {
  name: 'both',
  mistake: 'Both.',
  fails: { a: 'x: breached', b: 'y: breached' },
};
const known: KnownMistake[] = [
  one,
  both,
  { name: 'other', mistake: 'Other.', fails: { a: 'z: breached' } },
];

type Fails = Record<string, string>;

const failing = (signatures: Fails): Map<string, CheckOutcome> =>
  new Map([
    ['passes', { passed: true }],
    ...Object.entries(signatures).map(([id, signature]): [string, CheckOutcome] => [
      id,
      { passed: false, signature, reason: '', explanation: { findings: [], facts: [] } },
    ]),
  ]);
const named = (signatures: Fails, mistakes = known) =>
  Object.fromEntries(mistakesBehind(SLUG, failing(signatures), mistakes));

describe('a mistake is named', () => {
  test('if what failed is what it is known to fail, in the same way', () => {
    expect(named({ a: 'x: breached' })).toEqual({ a: ['One.'] });
    expect(named({ a: 'x: breached', b: 'y: breached' })).toEqual({ a: ['Both.'], b: ['Both.'] });
  });

  test('but not if other things failed as well, or in another way', () => {
    expect(named({ a: 'x: breached', b: 'another way' })).toEqual({});
    expect(named({ a: 'x: breached', c: 'of its own' })).toEqual({});
    expect(named({ a: 'new: breached' })).toEqual({});
  });

  test('if one failure of ten or more is not of that mistake', () => {
    const fails = Object.fromEntries(Array.from('abcdefghi', (id) => [id, 'x: breached']));
    const nine = [{ name: 'nine', mistake: 'Nine.', fails }];
    expect(named({ ...fails, j: 'of its own' }, nine)).toMatchObject({ a: ['Nine.'] });
    expect(named({ ...fails, j: 'of its own', k: 'too' }, nine)).toEqual({});
  });

  test('with at most two others that fail alike', () => {
    const alike = ['1.', '2.', '3.', '4.'].map((mistake) => ({ ...one, mistake }));
    expect(named({ a: 'x: breached' }, alike)).toEqual({ a: ['1.', '2.', '3.'] });
  });

  test('but not while a topic is open that the whole server is made of', () => {
    expect(named({ a: 'x: breached', 'whole-08': OPEN_IN_TOPIC_ITSELF })).toEqual({});
  });

  test('whatever is open at a server, of a topic that decides for a client', () => {
    const fails = { a: 'x: breached', 'whole-17-shared-answers': OPEN_IN_TOPIC_ITSELF };
    const behind = mistakesBehind('22-hostile-servers', failing(fails), known);
    expect(Object.fromEntries(behind)).toEqual({ a: ['One.'] });
  });
});

test('a symptom does not depend on how a server words its answers', () => {
  for (const [sentence, symptom] of [
    ['A token was refused: HTTP 401, {"error":"invalid_token"}', 'A token was refused: HTTP 401'],
    ['It answered HTTP 500, <!doctype html> <p>Oh no', 'It answered HTTP 500'],
    ['the tool answered with an error, “Sorry!”', 'the tool answered with an error'],
    ['A password stands in the log: {"who":"alice"}', 'A password stands in the log'],
    ['It ran as “user-7f3a”.', 'It ran as “#”.'],
  ] as const) {
    expect(symptomOf(sentence)).toBe(symptom);
  }
});

/** What grading would say, if this is how the topic's checks failed. */
const namedIn = (slug: string, fails: Fails): Set<string> =>
  new Set([...mistakesBehind(slug, failing(fails), recorded.get(slug)).values()].flat());

const recorded = new Map(curriculum.map(({ slug }) => [slug, readKnownMistakes(slug)]));
const sentences = (mistakes: KnownMistake[]): string[] => mistakes.map(({ mistake }) => mistake);

const asText = (fails: Fails): string => JSON.stringify(fails, Object.keys(fails).toSorted());
const symptoms = new Map<string, KnownMistake[]>();
for (const [slug, mistakes] of recorded) {
  for (const mistake of mistakes) {
    const symptom = slug + asText(mistake.fails);
    symptoms.set(symptom, [...(symptoms.get(symptom) ?? []), mistake]);
  }
}
/** Those that fail the same checks in the same way. */
const alike = (slug: string, fails: Fails): KnownMistake[] =>
  symptoms.get(slug + asText(fails)) ?? [];

describe.each([...recorded])('of what is recorded in %s', (slug, mistakes) => {
  test('every mistake is named by how it fails, or one that cannot be told from it', () => {
    for (const { mistake, fails } of mistakes) {
      const given = namedIn(slug, fails);
      const equals = sentences(alike(slug, fails));
      expect(equals).toEqual(expect.arrayContaining([...given]));
      expect(given.size).toBe(Math.min(equals.length, 3));
      if (equals.length <= 3) expect(given).toContain(mistake);
    }
  });

  test('two mistakes at once get the name of one of them, or of what fails just so, or none', () => {
    for (const first of mistakes) {
      for (const second of mistakes) {
        const fails = { ...first.fails, ...second.fails };
        const given = namedIn(slug, fails);
        if (given.size === 0) continue;
        const possible = [first.fails, second.fails, fails].flatMap((one) => alike(slug, one));
        expect(sentences(possible)).toEqual(expect.arrayContaining([...namedIn(slug, fails)]));
      }
    }
  });
});

describe.each(curriculum)('no mistake of $slug is named', ({ slug }) => {
  const mistakes = recorded.get(slug) ?? [];

  test.each([400, 401, 403, 404, 429, 500, 503])(
    'for a server that answers everybody with %s, unless it does just that',
    async (status) => {
      const { uses, ...catalogue } = await loadCatalogue(slug);
      const call = `The ordinary call before the attack failed: HTTP ${status}`;
      const fails = Object.fromEntries([
        ...gradedAttacks({ uses, ...catalogue }, false).map(({ id, variants }) => [
          id,
          `${Object.keys(variants)[0]}: inconclusive. Nothing can be said: ${call}`,
        ]),
        // A use that only asks for refusals is content with such a server.
        ...uses.flatMap(({ id }) => {
          if (id === 'forgets-withdrawn-keys') return [];
          const seen = mistakes.flatMap((each) => each.fails[id] ?? []);
          return [[id, seen.find((said) => said.endsWith(`HTTP ${status}`)) ?? 'It was refused.']];
        }),
      ]) as Fails;
      const refusing = mistakes.filter(
        (each) => String(Object.keys(each.fails).sort()) === String(Object.keys(fails).sort()),
      );
      expect(sentences(refusing)).toEqual(expect.arrayContaining([...namedIn(slug, fails)]));
    },
  );

  test('for a server that lets every attack through', async () => {
    const fails = Object.fromEntries(
      gradedAttacks(await loadCatalogue(slug), false).flatMap(({ id, variants }) => {
        const [first] = Object.keys(variants);
        const seen = mistakes.flatMap((each) => each.fails[id] ?? []);
        const breach = seen.find((said) => said.startsWith(`${first}: breached`)) ?? 'breached';
        return [[id, breach]];
      }),
    );
    const letting = mistakes.filter(
      (each) => Object.keys(each.fails).length >= Object.keys(fails).length * 0.9,
    );
    expect(sentences(letting)).toEqual(expect.arrayContaining([...namedIn(slug, fails)]));
  });
});
