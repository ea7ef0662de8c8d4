/** What attacks on several instances have in common. */
import type { LabReply, LabSession, StoreCondition } from '../../../lab/protocol.ts';
import { cwe } from '../references.ts';

/** Every attack and use of this topic has as many. */
export const INSTANCES = 3;

export const raceCheck = cwe(367, 'Time-of-check Time-of-use (TOCTOU) Race Condition');

/** The instance that is asked by the `index`-th of many. */
export function instanceFor(lab: LabSession, index: number): LabSession {
  const instance = lab.instances[index % lab.instances.length];
  if (!instance) throw new Error('a server has an instance at least');
  return instance;
}

/** A token of one user for each instance, whose clocks may differ. */
export async function tokensOf(
  lab: LabSession,
  claims: Record<string, unknown>,
): Promise<(index: number) => string> {
  const tokens: string[] = [];
  for (const instance of lab.instances) tokens.push(await instance.mint({ claims }));
  return (index) => tokens[index % tokens.length] ?? '';
}

/** How many of these requests ran their tool, at whichever instance. */
export const ran = async (lab: LabSession, replies: LabReply[]): Promise<number> =>
  (await lab.executions(replies)).length;

/** One after the other, in the order given. */
export async function inTurn(requests: (() => Promise<LabReply>)[]): Promise<LabReply[]> {
  const replies: LabReply[] = [];
  for (const send of requests) replies.push(await send());
  return replies;
}

/** So many calls are under way at the same time where many are made. */
const AT_ONCE = 12;

/** In the order that is worst for who reads and then writes. */
export async function inGroups(
  lab: LabSession,
  requests: (() => Promise<LabReply>)[],
): Promise<LabReply[]> {
  const replies: LabReply[] = [];
  for (let from = 0; from < requests.length; from += AT_ONCE) {
    const group = requests.slice(from, from + AT_ONCE);
    const answers = await lab.store.inRoundsOf(group.length, () =>
      Promise.all(group.map((send) => send())),
    );
    replies.push(...answers);
  }
  return replies;
}

/** So long after an outage the store is used again: who has failed need not try at once. */
export const BACK_WITHIN_MS = 5_000;

const MOST_LOOKS = 20;
/** Nobody may wait for the store longer than five; the rest is for what comes before and after. */
const SECONDS = 8;
/** Until everybody has given up, and what the store does then is no answer to anybody. */
const SECONDS_OF_ATTACK = 12;

/**
 * Sends requests while the store is in a condition, and gives their answers. If it is silent, some seconds
 * pass on all clocks once the requests have got as far as they get; whoever still waits for it then is
 * answered when it speaks again, or is not: `untilAnswered`. Then the store works, and five seconds pass.
 */
export async function whileStoreIs(
  lab: LabSession,
  condition: StoreCondition,
  requests: (() => Promise<LabReply>)[],
  how: { untilAnswered?: boolean } = {},
): Promise<LabReply[]> {
  const isSilent = condition === 'silent' || condition === 'silent to writes';
  lab.store.set(condition);
  const replies = Promise.all(requests.map((send) => send()));
  try {
    if (isSilent) {
      await untilAllWait(lab, requests.length);
      const seconds = how.untilAnswered ? SECONDS : SECONDS_OF_ATTACK;
      for (let second = 0; second < seconds; second++) await lab.advance(1_000);
    }
    if (!isSilent || how.untilAnswered) await replies;
  } finally {
    lab.store.set('working');
  }
  const given = await replies;
  await lab.advance(BACK_WITHIN_MS);
  return given;
}

/** Until so many ask the store, or no more of them do. */
async function untilAllWait(lab: LabSession, askers: number): Promise<void> {
  for (let look = 0; look < MOST_LOOKS && lab.store.waiting < askers; look++) {
    const before = lab.store.waiting;
    await lab.store.untilQuiet();
    if (lab.store.waiting === before) return;
  }
}
