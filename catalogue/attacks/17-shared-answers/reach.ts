/** Ways in which something of one person comes to another who is taken for them. */
import { z } from 'zod';
import { StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import { describeReply, readRateLimited, PARIS, succeeded } from '../replies.ts';
import { addSecretSensor, callAs, contentOf, secretOf, tokenOf, type Person } from './people.ts';

/** An export takes twenty seconds. */
const DONE_MS = 25_000;
const MOST_CALLS = 130;

export const reached = z.enum([
  'a sensor',
  'an alert',
  'the list of all alerts',
  'an export',
  'calls',
  'a line of the log',
]);
type Reached = z.infer<typeof reached>;

type Reach = (lab: LabSession, alice: Person, other: Person) => Promise<string | undefined>;

/** What `other` gets of Alice’s, in a sentence; undefined: nothing. */
export const reach: Record<Reached, Reach> = {
  async 'a sensor'(lab, alice, other) {
    await addSecretSensor(lab, alice);
    const reply = await callAs(lab, other, 'list_sensors');
    return reply.text.includes(secretOf(lab))
      ? 'The list of one tenant showed a sensor of another.'
      : undefined;
  },

  async 'an alert'(lab, alice, other) {
    const id = await saveAlert(lab, alice);
    const reply = await callAs(lab, other, 'delete_alert', { id });
    return (await hasDeleted(lab, reply))
      ? 'A person in one tenant deleted an alert of their namesake in another.'
      : undefined;
  },

  async 'the list of all alerts'(lab, alice, other) {
    await saveAlert(lab, alice);
    const reply = await callAs(lab, other, 'list_all_alerts');
    return reply.text.includes(secretOf(lab))
      ? 'An administrator of one tenant was shown an alert of another.'
      : undefined;
  },

  async 'an export'(lab, alice, other) {
    await saveAlert(lab, alice);
    const { handle } = contentOf(await callAs(lab, other, 'start_export'));
    await lab.advance(DONE_MS);
    const reply = await callAs(lab, other, 'get_export', { handle });
    return reply.text.includes(secretOf(lab))
      ? 'An export held an alert of a namesake in another tenant.'
      : undefined;
  },

  async calls(lab, alice, other) {
    if (!(await useUpCalls(lab, alice))) {
      throw new StepFailed('Nobody is limited, so that it cannot be seen whose calls are counted.');
    }
    const reply = await callAs(lab, other, 'get_weather', PARIS);
    return readRateLimited(reply)
      ? 'The calls of a person in one tenant were counted as those of their namesake in another.'
      : undefined;
  },

  async 'a line of the log'(lab, alice, other) {
    const hers: string[] = [];
    const theirs: string[] = [];
    // In turns: what changes with time stands in lines of both.
    for (let turn = 0; turn < 3; turn++) {
      hers.push(await linesOfCall(lab, alice));
      theirs.push(await linesOfCall(lab, other));
    }
    if ([...hers, ...theirs].some((lines) => lines === '')) {
      throw new StepFailed('A call left no line in the log.');
    }
    return wordsThatTell(theirs, hers).length === 0
      ? 'The log says of calls in two tenants that one person made them all.'
      : undefined;
  },
};

async function saveAlert(lab: LabSession, who: Person): Promise<number> {
  const reply = await callAs(lab, who, 'save_alert', { city: 'Paris', text: secretOf(lab) });
  const { id } = contentOf(reply);
  if (!succeeded(reply) || typeof id !== 'number') {
    throw new StepFailed(`An alert could not be saved: ${describeReply(reply)}`);
  }
  return id;
}

async function hasDeleted(lab: LabSession, { requestId }: LabReply): Promise<boolean> {
  const tape = await lab.tape();
  return tape.some(
    (entry) =>
      entry.kind === 'sql' &&
      entry.requestId === requestId &&
      entry.error === undefined &&
      /^DELETE FROM alerts\b/.test(entry.sql),
  );
}

/** Whether somebody was refused in the end. */
async function useUpCalls(lab: LabSession, who: Person): Promise<boolean> {
  for (let call = 0; call < MOST_CALLS; call++) {
    if (readRateLimited(await callAs(lab, who, 'get_weather', PARIS))) return true;
  }
  return false;
}

/** Without the token: who has called does not stand there for anybody to read. */
async function linesOfCall(lab: LabSession, who: Person): Promise<string> {
  const token = await tokenOf(lab, who);
  const { requestId } = await lab.call('get_weather', PARIS, { token });
  const tape = await lab.tape();
  return tape
    .flatMap((entry) =>
      entry.kind === 'audit' && entry.requestId === requestId ? [entry.line] : [],
    )
    .join('\n')
    .replaceAll(token, '');
}

/** Words that stand in all of these, and in none of those: also such as `tenant-1`, with signs in them. */
function wordsThatTell(these: string[], those: string[]): string[] {
  // What is nothing but digits counts, or tells the time.
  const wordsOf = (line: string): Set<string> =>
    new Set(
      [...line.matchAll(/[\p{L}\p{N}]{3,}/gu), ...line.matchAll(/[^\s"',;{}[\]()=\\]+/gu)]
        .map(([word]) => word)
        .filter((word) => /\p{L}/u.test(word)),
    );
  const [first = new Set<string>(), ...rest] = these.map(wordsOf);
  const others = those.map(wordsOf);
  return [...first].filter(
    (word) => rest.every((words) => words.has(word)) && !others.some((words) => words.has(word)),
  );
}
