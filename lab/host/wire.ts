/**
 * The channel to the lab: lines of JSON on two descriptors, one each way. A line to the lab begins
 * with a token that came before any learner code was loaded, so that no other code of this process
 * can speak in the name of the lab's.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { z } from 'zod';
import { LoadError } from '../controls/compose-controls.ts';
import { ContractError } from '../controls/hold-to-contract.ts';
import { placeInStack } from '../controls/places.ts';
import { storeStep, type StoreStep } from '../../exercises/weather-server/world/shared-store.ts';
import { readLines } from '../bounded-lines.ts';
import type { StoreOutcome } from '../store/session-store.ts';
import {
  FROM_LAB_FD,
  MOST_LINE_BYTES,
  TO_LAB_FD,
  type FromHost,
  type HostRequestName,
  type HostRequests,
  type ToHost,
} from './host-protocol.ts';
import { whileTimeStands } from './clock.ts';
import { endProcess } from './last-words.ts';

export type Handlers = {
  [Name in HostRequestName]: (
    ask: HostRequests[Name]['ask'],
  ) => Promise<HostRequests[Name]['reply']> | HostRequests[Name]['reply'];
};

/** An imported name follows `fs.writeSync` when that is replaced; this does not. */
const write = writeSync;

let send: (message: FromHost) => void = () => undefined;
const storeCalls = new Map<number, (outcome: StoreOutcome) => void>();
let lastCall = 0;

/** Asks the lab for one step of the store that it keeps for the instances of a server. */
export async function askStore(instance: string, wanted: StoreStep): Promise<unknown> {
  const checked = storeStep.safeParse(wanted);
  if (!checked.success) {
    throw new TypeError(`store.${wanted.name}: ${z.prettifyError(checked.error)}`);
  }
  const step = checked.data;
  const call = ++lastCall;
  const asked = new Promise<StoreOutcome>((resolve) => {
    storeCalls.set(call, resolve);
    send({ now: Date.now(), storeStep: { instance, call, step } });
  });
  const outcome = await whileTimeStands(asked);
  if ('failed' in outcome) throw new Error(outcome.failed);
  return outcome.given;
}

function settleStoreCall(call: number, outcome: StoreOutcome): void {
  storeCalls.get(call)?.(outcome);
  storeCalls.delete(call);
}

/** @param before called ahead of each answer, when code of a learner's may have run */
export function answerTheLab(handlers: Handlers, before: () => void): void {
  let wireToken = '';
  send = (message) => {
    let line = Buffer.from(`${wireToken} ${JSON.stringify(message)}\n`);
    while (line.length > 0) line = line.subarray(write(TO_LAB_FD, line));
  };

  const answer = async ({ id, name, ask }: Extract<ToHost, { id: number }>): Promise<void> => {
    let body: { reply: unknown } | { error: { message: string; file?: string } };
    try {
      before();
      const reply = (handlers[name] as (ask: unknown) => unknown)(ask);
      // Not `await` for all: it would ask any object for a `then`.
      body = { reply: reply instanceof Promise ? await reply : reply };
    } catch (error) {
      const file = error instanceof LoadError ? { file: error.file } : {};
      body = { error: { message: describeFailure(error), ...file } };
    }
    before();
    send({ id, now: Date.now(), ...body });
  };

  const fromLab = new Socket({ fd: FROM_LAB_FD, readable: true, writable: false });
  const take = (line: string): void => {
    const message = JSON.parse(line) as ToHost;
    if (message.name === 'storeAnswered') {
      settleStoreCall(message.call, message.outcome);
      return;
    }
    if (message.name === 'start') ({ wireToken } = message.ask);
    void answer(message);
  };
  readLines(fromLab, MOST_LINE_BYTES, take, () => endProcess(70));
  // The lab has gone, and perhaps while this was loading.
  fromLab.on('close', () => endProcess(0));
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof LoadError || error instanceof ContractError) return error.message;
  const place = placeInStack(error.stack);
  return place ? `${place}: ${error.name}: ${error.message}` : `${error.stack}`;
}
