import type { Request, RequestHandler, Response } from 'express';
import { expect, test } from 'vitest';
import { watchGate } from './watch-gate.ts';
import { Tape } from './world/tape.ts';

/** What the tape says after a request has met `handler`, and what went on from there. */
async function meet(handler: RequestHandler) {
  const tape = new Tape();
  const wentOn: unknown[] = [];
  const next = (why?: unknown): void => void wentOn.push(why);
  let thrown: unknown;
  try {
    await watchGate(tape, 'origin', handler)({} as Request, {} as Response, next);
  } catch (error) {
    thrown = error;
  }
  return { entry: tape.entries()[0], wentOn, thrown };
}

test('a gate that lets a request on has passed it', async () => {
  const { entry, wentOn } = await meet((_request, _response, next) => next());
  expect(entry).toMatchObject({ kind: 'gate', gate: 'origin', decision: 'passed' });
  expect(wentOn).toEqual([undefined]);
});

test('one that answers itself, or never, was reached and no more', async () => {
  const { entry, wentOn } = await meet(() => undefined);
  expect(entry).toMatchObject({ decision: 'reached' });
  expect(wentOn).toEqual([]);
});

test('one that hands on an error has refused, and what it handed on is untouched', async () => {
  const why = new Error('too large');
  const { entry, wentOn } = await meet((_request, _response, next) => next(why));
  expect(entry).toMatchObject({ decision: 'refused', detail: 'too large' });
  expect(wentOn).toEqual([why]);
});

test('what it throws is thrown on, also what cannot be read', async () => {
  const why = {
    get message() {
      throw new Error('not to be read');
    },
  };
  const handedOn = await meet((_request, _response, next) => next(why));
  expect(handedOn.entry).toMatchObject({ decision: 'refused' });
  expect(handedOn.entry).not.toHaveProperty('detail');
  expect(handedOn.wentOn).toEqual([why]);
  const rejected = await meet(async () => {
    throw why;
  });
  expect(rejected.thrown).toBe(why);
  expect(rejected.entry).toMatchObject({ decision: 'reached' });
});
