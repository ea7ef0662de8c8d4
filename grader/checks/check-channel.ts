/**
 * How tests in a runner's thread have the engine run their checks. The channel is this process's own:
 * whatever becomes of the runner's messages, the engine knows what each check found before the test does.
 */
import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';

type Message =
  | { type: 'ask'; number: string; topic: string; check: string }
  | { type: 'answer'; number: string; failure: string | undefined };

export interface CheckChannel {
  /** For `askForChecks`, in a thread of this process. */
  name: string;
  close: () => void;
}

/** Runs a check. Settles with why it failed, in text, or undefined if it passed. */
export type RunCheck = (topic: string, check: string) => Promise<string | undefined>;

/** @param run does not reject */
export function answerChecks(run: RunCheck): CheckChannel {
  const name = `checks ${randomUUID()}`;
  const channel = new BroadcastChannel(name);
  const answer = async (message: Message): Promise<void> => {
    if (message.type !== 'ask') return;
    const { number, topic, check } = message;
    const failure = await run(topic, check);
    post(channel, { type: 'answer', number, failure });
  };
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- Node's types know no other way
  channel.onmessage = (event) => void answer((event as { data: Message }).data);
  return { name, close: () => channel.close() };
}

/** @param name of a channel that somebody answers */
export function askForChecks(name: string): RunCheck {
  const channel = new BroadcastChannel(name);
  const waiting = new Map<string, (failure: string | undefined) => void>();
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- Node's types know no other way
  channel.onmessage = (event) => {
    const { data } = event as { data: Message };
    if (data.type !== 'answer') return;
    waiting.get(data.number)?.(data.failure);
    waiting.delete(data.number);
  };
  return (topic, check) =>
    new Promise((resolve) => {
      const number = randomUUID();
      waiting.set(number, resolve);
      post(channel, { type: 'ask', number, topic, check });
    });
}

function post(channel: BroadcastChannel, message: Message): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has no other origins
  channel.postMessage(message);
}
