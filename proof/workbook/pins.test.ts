/** What may be pinned, and what is said when a pinned payload is fired. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Attack } from '../../lab/attack.ts';
import type { AttackReport } from '../../lab/protocol.ts';
import { explanationText } from '../../grader/explanation.ts';
import { firePin } from '../../grader/checks/fire-pin.ts';
import type { Lab } from '../../lab/lab.ts';
import { loadCatalogue } from '../../catalogue/load-catalogue.ts';
import { MOST_PINS, pinPayload } from '../../grader/progress/pins.ts';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { PayloadProblem } from '../../catalogue/read-payload.ts';

const TOPIC = '01-oauth-discovery';
const PAYLOAD = '{ "headers": { "host": "mine.example" } }';
const { attacks } = await loadCatalogue(TOPIC);
const attack = attacks.find(({ id }) => id === 'metadata-host-poisoning') as Attack;

let folder: string;
let journal: ProgressJournal;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'workbook-pins-'));
  journal = new ProgressJournal(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const pin = (name?: string, payload = PAYLOAD): void =>
  pinPayload(journal, TOPIC, attack, { name, payload });
const names = (): string[] => (journal.read()[TOPIC]?.pins ?? []).map(({ name }) => name);

test('a pin is named, or gets a name', () => {
  pin();
  pin('  by port ');
  pin('');
  expect(names()).toEqual(['payload 1', 'by port', 'payload 2']);
});

test.each([
  ['a name twice', () => (pin('mine'), pin('mine')), /“mine” already/],
  ['a name that a terminal would act on', () => pin('\u001b[2J'), /characters that can be seen/],
  ['a long name', () => pin('x'.repeat(61)), /1 to 60 characters/],
  ['more than fits', () => Array.from({ length: MOST_PINS + 1 }, () => pin()), /Unpin one first/],
])('refuses %s', (_what, attempt, why) => expect(attempt).toThrow(why));

test.each(['{', '{ "host": "mine.example" }'])('refuses the payload %s', (payload) => {
  expect(() => pin('mine', payload)).toThrow(PayloadProblem);
  expect(names()).toEqual([]);
});

const answering = (verdict: AttackReport['verdict'], complaints: string[] = []): Lab =>
  ({
    fire: async (_target: unknown, { id }: Attack, variant: string) => ({
      attackId: id,
      variant,
      verdict,
      summary: '',
      breaches: verdict === 'breached' ? ['It gave way.'] : [],
      complaints,
      controlProblems: [],
      faults: [],
      exchanges: [],
      tape: [],
    }),
  }) as unknown as Lab;
/** What is said to the learner; undefined if the pin passed. */
async function said(lab: Lab, kind: 'reference' | 'baseline' = 'baseline', payload = PAYLOAD) {
  const mine = { attack: attack.id, name: 'mine', payload };
  const outcome = await firePin(TOPIC, attack, mine, { kind }, lab);
  return outcome.passed ? undefined : explanationText(outcome.explanation);
}

test('a pin passes if it is blocked and nothing is wrong with the answer', async () => {
  expect(await said(answering('blocked'))).toBeUndefined();
  expect(await said(answering('blocked', ['It says nothing.']))).toContain('It says nothing.');
  expect(await said(answering('breached'))).toContain('(pinned: mine)');
});

test('a pin that breaches the reference is a find', async () => {
  expect(await said(answering('breached'), 'reference')).toMatch(/that is a find[^]*gave way/);
  expect(await said(answering('blocked', ['Odd.']), 'reference')).not.toContain('find');
  expect(await said(answering('breached'))).not.toContain('find');
});

test('a pin that no longer fits its attack fails, and says what to do', async () => {
  const unfit = await said(answering('blocked'), 'baseline', '{ "host": "mine.example" }');
  expect(unfit).toMatch(/does not fit the attack[^]*Unpin it/);
});
