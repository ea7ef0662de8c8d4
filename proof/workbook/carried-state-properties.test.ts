/**
 * Whatever comes back, the reference opens a state for what it was sealed for only, and once; takes
 * nothing but a yes for a yes; and gives an export to its user alone. A right solution that encrypts
 * keeps to the same.
 */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor, AskedCall, StateSeal } from '../../exercises/weather-server/controls.ts';
import { InvalidInputError, NotFoundError } from '../../exercises/weather-server/errors.ts';
import { requireConfirmation } from '../../solutions/16-carried-state/confirmation.ts';
import { createExportHandles } from '../../solutions/16-carried-state/export-handles.ts';
import { createStateSeal } from '../../solutions/16-carried-state/state-seal.ts';
import { createStateSeal as createOwnAead } from '../right-solutions/16-carried-state/own-aead.ts';

const RUNS = { numRuns: 200 };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const actor: fc.Arbitrary<Actor> = fc.record({
  issuer: fc.constantFrom('https://one.example', 'https://other.example'),
  subject: fc.constantFrom('alice', 'bob', '', 'alice"', 'a,lice'),
  clientId: fc.constantFrom('app', 'another-app'),
  scopes: fc.constant(['weather:write']),
});
const asked: fc.Arbitrary<AskedCall> = fc.record({
  actor: fc.option(actor, { nil: undefined }),
  tool: fc.constantFrom('delete_alert', 'share_alert'),
  arguments: fc.record({ id: fc.integer({ min: 1, max: 3 }) }),
  question: fc.constantFrom('Delete 1?', 'Delete 2?', 'Share 1?'),
});

/** What a state is for: all but the client and the scopes of its user. */
const sameQuestion = (one: AskedCall, other: AskedCall): boolean => purpose(one) === purpose(other);
const purpose = ({ actor: user, ...call }: AskedCall): string =>
  JSON.stringify([user?.issuer ?? null, user?.subject ?? null, user !== undefined, call]);

const opens = async (seal: StateSeal, state: string, call: AskedCall): Promise<boolean> => {
  try {
    await seal.open(state, call);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return false;
  }
};

describe.each([
  ['the reference', createStateSeal],
  ['own AEAD', createOwnAead],
])('%s', (_name, create) => {
  test('opens a state for its own question only, and nothing else uses it up', async () => {
    const seal = create(randomBytes(32));
    await fc.assert(
      fc.asyncProperty(asked, asked, async (one, other) => {
        const state = await seal.seal(one);
        const isSame = sameQuestion(one, other);
        expect(await opens(seal, state, other)).toBe(isSame);
        expect(await opens(seal, state, one)).toBe(!isSame);
        expect(await opens(seal, state, one)).toBe(false);
      }),
      RUNS,
    );
  });

  test('opens once of any number at once', async () => {
    const seal = create(randomBytes(32));
    await fc.assert(
      fc.asyncProperty(asked, fc.integer({ min: 2, max: 12 }), async (call, times) => {
        const state = await seal.seal(call);
        const opened = await Promise.all(
          Array.from({ length: times }, async () => opens(seal, state, call)),
        );
        expect(opened.filter(Boolean)).toHaveLength(1);
      }),
      RUNS,
    );
  });

  test('opens what is five minutes old, and nothing older', async () => {
    const seal = create(randomBytes(32));
    await fc.assert(
      fc.asyncProperty(asked, fc.integer({ min: 0, max: 700_000 }), async (call, age) => {
        const state = await seal.seal(call);
        vi.setSystemTime(Date.now() + age);
        const isOpened = await opens(seal, state, call);
        // The codec counts in whole seconds.
        if (age <= 299_000) expect(isOpened).toBe(true);
        if (age > 301_000) expect(isOpened).toBe(false);
      }),
      RUNS,
    );
  });

  test('opens no text of anybody else', async () => {
    const [seal, stranger] = [create(randomBytes(32)), create(randomBytes(32))];
    const text = fc.oneof(fc.string({ maxLength: 300 }), fc.base64String({ maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(asked, text, fc.nat(), async (call, any, at) => {
        expect(await opens(seal, any, call)).toBe(false);
        expect(await opens(seal, await stranger.seal(call), call)).toBe(false);
        const state = await seal.seal(call);
        // The last character has bits that nobody reads.
        const place = at % (state.length - 1);
        const changed = state.charAt(place) === 'A' ? 'B' : 'A';
        const other = state.slice(0, place) + changed + state.slice(place + 1);
        expect(await opens(seal, other, call)).toBe(false);
        expect(await opens(seal, state, call)).toBe(true);
      }),
      RUNS,
    );
  });
});

test('only a yes is a yes, whatever else is sent', async () => {
  const seal: StateSeal = { seal: () => 'asked', open: () => undefined };
  const action = fc.constantFrom('accept', 'decline', 'cancel', 'Accept', true, null);
  const confirm = fc.oneof(fc.boolean(), fc.constantFrom('true', 'false', 1, null), fc.jsonValue());
  const answers = fc.oneof(
    fc.jsonValue(),
    fc.record({
      confirm: fc.record({ action, content: fc.record({ confirm }) }, { requiredKeys: [] }),
    }),
  ) as fc.Arbitrary<unknown>;
  await fc.assert(
    fc.asyncProperty(asked, answers, async (call, inputResponses) => {
      const answer = { capabilities: { elicitation: {} }, requestState: 'any', inputResponses };
      const given = await Promise.resolve(requireConfirmation(call, answer, seal)).catch(
        (error: unknown) => {
          expect(error).toBeInstanceOf(InvalidInputError);
          return 'refused';
        },
      );
      const said = (inputResponses ?? {}) as {
        confirm?: { action?: unknown; content?: { confirm?: unknown } | null } | null;
      };
      const isYes = said.confirm?.action === 'accept' && said.confirm.content?.confirm === true;
      expect(given === 'given').toBe(isYes);
    }),
    { numRuns: 1000 },
  );
});

test('an export is found by its user, until it ends or is ended', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('start' as const), who: actor }),
    fc.record({
      do: fc.constantFrom('find' as const, 'end' as const),
      who: actor,
      which: fc.nat(),
    }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 400_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const handles = createExportHandles();
      const known: { handle: string; owner: string; until: number; isEnded: boolean }[] = [];
      const nameOf = ({ issuer, subject }: Actor): string => JSON.stringify([issuer, subject]);
      for (const one of steps) {
        if (one.do === 'wait') vi.setSystemTime(Date.now() + one.ms);
        else if (one.do === 'start') {
          const handle = handles.issue(one.who, { doneAt: 0, alerts: [] });
          const until = Date.now() + 15 * 60_000;
          known.push({ handle, owner: nameOf(one.who), until, isEnded: false });
        } else {
          const found = known[one.which % Math.max(1, known.length)];
          if (!found) continue;
          const isOpen = !found.isEnded && Date.now() < found.until;
          const mayHave = isOpen && found.owner === nameOf(one.who);
          const act = () => handles[one.do === 'end' ? 'end' : 'find'](one.who, found.handle);
          if (mayHave) act();
          else expect(act).toThrow(NotFoundError);
          if (mayHave && one.do === 'end') found.isEnded = true;
        }
      }
    }),
    RUNS,
  );
});
