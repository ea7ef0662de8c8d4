/** Payloads that a learner has pinned, so that grading fires them as well. */
import type { Attack } from '../../lab/attack.ts';
import { readPayload } from '../../catalogue/read-payload.ts';
import { pinName, type Pin, type Progress } from './progress.ts';
import type { ProgressJournal } from './progress-journal.ts';

/** More would make grading slow for what they tell. */
export const MOST_PINS = 50;

/** A pin that cannot be kept. The message is for people. */
export class PinProblem extends Error {
  override readonly name = 'PinProblem';
}

/** Pinned payloads by topic slug. */
export type Pins = Record<string, Pin[]>;

export const pinsIn = (progress: Progress): Pins =>
  Object.fromEntries(Object.entries(progress).map(([slug, { pins = [] }]) => [slug, pins]));

/** The id of the check that fires a pin. */
export const pinnedCheck = ({ attack, name }: Pin): string => `${attack}/pinned: ${name}`;

/**
 * Keeps a payload of the learner's own; without a name it gets one. Throws `PinProblem`, or
 * `PayloadProblem` if the attack could not fire it.
 */
export function pinPayload(
  journal: ProgressJournal,
  topic: string,
  attack: Attack,
  { name: wanted = '', payload }: { name?: string | undefined; payload: string },
): void {
  readPayload(attack, payload);
  const all = Object.values(pinsIn(journal.read())).flat();
  if (all.length >= MOST_PINS) {
    throw new PinProblem(`There are ${MOST_PINS} pins, and no room for more. Unpin one first.`);
  }
  const taken = all.filter((pin) => pin.attack === attack.id).map((pin) => pin.name);
  const parsed = pinName.safeParse(wanted.trim() === '' ? firstFreeName(taken) : wanted);
  if (!parsed.success) throw new PinProblem(parsed.error.issues[0]?.message ?? '');
  const name = parsed.data;
  if (taken.includes(name)) {
    throw new PinProblem(`This attack has a pin “${name}” already. Choose another name.`);
  }
  journal.append([{ type: 'pinned', topic, attack: attack.id, name, payload }]);
}

function firstFreeName(taken: string[]): string {
  let number = 1;
  while (taken.includes(`payload ${number}`)) number++;
  return `payload ${number}`;
}
