import { describe, expect, test } from 'vitest';
import { askQuestions, checkAnswer, type KeyedQuestion } from './ask-questions.ts';
import { DOES_NOT_TELL } from './shared.ts';
import { planIncident, SECRET_PREFIX } from './plan-incident.ts';
import type { MadeCall, MadeIncident } from './run-incident.ts';

/** What a server would have made of the plan: ten pings pass, and a log in the given form. */
function makeIncident(seed: number, write: (call: MadeCall) => string | undefined): MadeIncident {
  const plan = planIncident(seed);
  let pings = 0;
  const calls = plan.calls.map((call, index): MadeCall => ({
    ...call,
    requestId: `n0nce-${index + 1}`,
    madeAt: Date.UTC(2026, 4, 1, 10) + call.at,
    limited: call.tool === 'ping_station' && ++pings > 10,
  }));
  const lines = calls.flatMap((call) => {
    const text = write(call);
    const { requestId, madeAt } = call;
    return text === undefined ? [] : [{ text, requestId, writtenAt: madeAt }];
  });
  return { plan, calls, lines, tokens: ['e30.e30.c2ln'], faults: [] };
}

const goodLine = (call: MadeCall): string => {
  const reason = call.limited
    ? 'RATE_LIMITED'
    : { scope: 'InsufficientScopeError', forged: 'HTTP 401', hostile: 'InvalidInputError' }[
        call.part as string
      ];
  return JSON.stringify({
    time: new Date(call.madeAt).toISOString(),
    request_id: call.requestId,
    actor: call.part === 'forged' ? 'anonymous' : call.subject,
    tool: call.tool,
    outcome: reason ? 'refused' : 'succeeded',
    reason,
  });
};
const badLine = (call: MadeCall): string | undefined =>
  call.limited || ['scope', 'forged', 'hostile'].includes(call.part)
    ? undefined
    : `${call.tool} Bearer e30.e30.c2ln ${JSON.stringify(call.arguments)}`;

const seeds = Array.from({ length: 40 }, (_, index) => index * 7919);
const allQuestions = (write: typeof badLine): KeyedQuestion[] =>
  seeds.flatMap((seed) => askQuestions(makeIncident(seed, write), seed));

describe('the plan', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(planIncident(5)).toEqual(planIncident(5));
    expect(planIncident(5)).not.toEqual(planIncident(6));
  });

  test.each(seeds.slice(0, 10))('deals every part, in the order of time (seed %s)', (seed) => {
    const { calls, users, cast, secret } = planIncident(seed);
    expect(new Set(calls.map(({ part }) => part)).size).toBe(6);
    expect(calls.map(({ at }) => at)).toEqual(calls.map(({ at }) => at).sort((a, b) => a - b));
    expect(calls.every(({ at }) => at >= 0)).toBe(true);
    expect(new Set(users).size).toBe(7);
    expect(users).toEqual(expect.arrayContaining(Object.values(cast)));
    expect(secret.startsWith(SECRET_PREFIX)).toBe(true);
    expect(calls.length).toBeLessThan(90);
  });
});

describe('the questions', () => {
  test('are five, and differ from incident to incident', () => {
    const drawn = seeds.map((seed) =>
      askQuestions(makeIncident(seed, goodLine), seed).map(({ question }) => question.id),
    );
    for (const ids of drawn) expect(new Set(ids).size).toBe(5);
    expect(new Set(drawn.map((ids) => ids.join())).size).toBeGreaterThan(10);
  });

  test('are told by a good log, with the lines that tell', () => {
    for (const keyed of allQuestions(goodLine)) {
      const { question, truth, told, lines } = keyed;
      expect(told, question.id).toBe(true);
      expect(lines.length > 0, question.id).toBe(!['none', 'no'].includes(truth));
      expect(checkAnswer(keyed, truth)).toMatchObject({ right: true, lines });
      expect(checkAnswer(keyed, DOES_NOT_TELL).right).toBe(false);
      expect(checkAnswer(keyed, 'nobody').right).toBe(false);
    }
  });

  test('that the insecure log does not answer have one right answer: that it does not tell', () => {
    const events = allQuestions(badLine).filter(({ question }) => question.mayNotTell);
    for (const keyed of events) {
      expect(keyed.told, keyed.question.id).toBe(false);
      expect(checkAnswer(keyed, DOES_NOT_TELL).right).toBe(true);
      expect(checkAnswer(keyed, keyed.truth).right).toBe(false);
    }
    const log = allQuestions(badLine).filter(({ question }) => !question.mayNotTell);
    for (const { truth } of log) expect(['none', 'no']).not.toContain(truth);
  });

  test('have exactly one right choice, and do not give it away', () => {
    for (const { question, truth } of allQuestions(goodLine)) {
      const values = question.choices?.map(({ value }) => value);
      if (!values) continue;
      expect(values.filter((value) => value === truth)).toHaveLength(1);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test('take a number with blanks and zeros around it', () => {
    const counting = allQuestions(goodLine).find(({ question }) => !question.choices)!;
    expect(checkAnswer(counting, ` 0${counting.truth} `).right).toBe(true);
  });
});
