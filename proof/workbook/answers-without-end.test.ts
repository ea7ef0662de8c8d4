/**
 * What the lab keeps of an answer, and for how long it listens, whatever a server sends.
 *
 * @module-tag long
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attack } from '../../lab/attack.ts';
import type { AttackReport, Replay } from '../../lab/protocol.ts';
import { Lab } from '../../lab/lab.ts';
import { loadCatalogue } from '../../catalogue/load-catalogue.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = `.workbook/answers-${process.pid}`;
const topic = '05-access-tokens';

let lab: Lab;
let attack: Attack;
beforeAll(async () => {
  lab = await Lab.open({ patience: 1 / 2 });
  const { attacks } = await loadCatalogue(topic);
  attack = attacks.find(({ id }) => id === 'tok-alg-none') as Attack;
  mkdirSync(path.join(root, folder), { recursive: true });
  // What is loaded once must not count against the impatience.
  await lab.warmUp();
  await lab.fire({ kind: 'reference' }, attack, 'none').catch(() => undefined);
});
afterAll(async () => {
  await lab.close();
  rmSync(path.join(root, folder), { recursive: true, force: true });
});

/** Fires at a server that answers every call with `body`, a statement about `response`. */
function fireAt(name: string, body: string): Promise<AttackReport> {
  const file = `${folder}/${name}.ts`;
  writeFileSync(
    path.join(root, file),
    `export const createBearerAuth = () => (_request: any, response: any) => { ${body} };\n`,
  );
  return lab.fire({ kind: 'solution', topic, file }, attack, 'none');
}

test('a long answer is shown in part, and the rest is counted', async () => {
  const { exchanges } = await fireAt('long', `response.send('é'.repeat(5_000_000))`);
  expect(exchanges[0]?.response.body).toBe('é'.repeat(64 * 1024));
  expect(exchanges[0]?.response.more).toBe(2 * (5_000_000 - 64 * 1024));
});

test('an answer that drips for ever is broken off', async () => {
  const { exchanges } = await fireAt('drip', `setInterval(() => response.write('x'), 50)`);
  expect(exchanges[0]?.response.failure).toBe('an answer that did not end');
});

test('an answer without measure is broken off', async () => {
  const { exchanges } = await fireAt(
    'flood',
    `const chunk = Buffer.alloc(1 << 20, 'x');
     const more = (): void => { while (response.write(chunk)); response.once('drain', more); };
     more();`,
  );
  expect(exchanges[0]?.response.failure).toBe('more than 32 MB of answer');
});

async function askByHand({ origin, ticket }: Replay): Promise<number> {
  return (await fetch(`${origin}/healthz`, { headers: { 'x-lab-ticket': ticket } })).status;
}

test('a request can be repeated by hand until the next firing', async () => {
  const first = await lab.fire({ kind: 'reference' }, attack, 'none');
  expect(first.replay).toBeDefined();
  if (!first.replay) return;
  expect(await askByHand(first.replay)).toBe(200);
  expect(await askByHand({ ...first.replay, ticket: 'another' })).toBe(403);
  const second = await lab.fire({ kind: 'reference' }, attack, 'none');
  expect(await askByHand(first.replay)).toBe(403);
  if (second.replay) expect(await askByHand(second.replay)).toBe(200);
});

test('copies at once are counted one by one', async () => {
  const breached = await lab.fire({ kind: 'baseline' }, attack, 'none', undefined, 5);
  expect(breached.copies).toEqual({ breached: 5, blocked: 0, inconclusive: 0 });
  const blocked = await lab.fire({ kind: 'reference' }, attack, 'none', undefined, 5);
  expect(blocked.copies).toEqual({ breached: 0, blocked: 5, inconclusive: 0 });
  expect(blocked.exchanges.filter(({ role }) => role === 'attack').length).toBeGreaterThan(4);
});
