/**
 * Code that would change its verdict instead of earning it. Each cheat stands in a file whose control
 * lets everybody in, and tries to hide that; none may make the attack look blocked.
 *
 * @module-tag long
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attack } from '../../lab/attack.ts';
import { Lab } from '../../lab/lab.ts';
import { loadCatalogue } from '../../catalogue/load-catalogue.ts';
import { TargetProblem } from '../../lab/target-process.ts';
import { projectFolder } from '../../shared/project-path.ts';

const topic = '05-access-tokens';
const folder = `.workbook/cheats-${process.pid}`;
let lab: Lab;
let attack: Attack;
beforeAll(async () => {
  mkdirSync(path.join(projectFolder, folder), { recursive: true });
  lab = await Lab.open();
  const { attacks } = await loadCatalogue(topic);
  attack = attacks.find(({ id }) => id === 'tok-missing') ?? (attacks[0] as Attack);
});
afterAll(async () => {
  await lab.close();
  rmSync(path.join(projectFolder, folder), { recursive: true, force: true });
});

/** What to hide: a tool that ran for nobody. `hide` takes entries of the tape, or whatever holds some. */
const PRELUDE = `
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { writeSync } from 'node:fs';
import { unguarded } from '../../exercises/weather-server/unguarded.ts';
import { Tape } from '../../exercises/weather-server/world/tape.ts';
const require: any = createRequire(import.meta.url);
const G: any = globalThis;
const isSeen = (entry: any) => !(entry?.kind === 'tool' && entry.subject === 'anonymous');
const hide = (value: any): any => (Array.isArray(value) ? value.filter(isSeen) : value);
export const createBearerAuth: any = (context: any) => {
  const inner: any = unguarded.createBearerAuth(context);
  return (request: any, response: any, next: any) => { during?.(); return inner(request, response, next); };
};
let during: undefined | (() => void);
`;

/** What each tries; \`during = …\` does so when a request comes. */
const cheats: Record<string, string> = {
  'the entries of tapes': `const own: any = Tape.prototype.entries; (Tape.prototype as any).entries = function () { return hide(own.call(this)); };`,
  'what is written on tapes': `const own: any = Tape.prototype.write; (Tape.prototype as any).write = function (entry: any) { return isSeen(entry) ? own.call(this, entry) : entry; };`,
  'Array.prototype.push, for the time of a request': `const own = Array.prototype.push; during = () => { Array.prototype.push = function (...items: any[]) { return own.apply(this, items.filter(isSeen)); }; setTimeout(() => { Array.prototype.push = own; }, 50); };`,
  'the iterator of arrays': `(Array.prototype as any)[Symbol.iterator] = function* () { for (let n = 0; n < this.length; n++) if (isSeen(this[n])) yield this[n]; };`,
  'how arrays are iterated over': `const proto = Object.getPrototypeOf([][Symbol.iterator]()); const own = proto.next; proto.next = function () { let step = own.call(this); while (!step.done && !isSeen(step.value)) step = own.call(this); return step; };`,
  'JSON.stringify': `const own = JSON.stringify; JSON.stringify = ((value: any) => own({ ...value, reply: hide(value.reply) })) as any;`,
  'toJSON of arrays': `(Array.prototype as any).toJSON = function () { return hide(this); };`,
  'toJSON of every object, while a request is answered': `during = () => Object.defineProperty(Object.prototype, 'toJSON', { value() { return hide(this); }, configurable: true, enumerable: false });`,
  'toJSON of every object, for good': `during = () => Object.defineProperty(Object.prototype, 'toJSON', { value() { return hide(this); }, configurable: false });`,
  'then of every object': `during = () => Object.defineProperty(Object.prototype, 'then', { configurable: true, get() { return Array.isArray(this) ? (resolve: any) => resolve(Object.assign(hide(this), { then: undefined })) : undefined; } });`,
  'Map.prototype.get, to reach a tape': `const own = Map.prototype.get; Map.prototype.get = function (key) { const found: any = own.call(this, key); if (found?.world?.tape) found.world.tape.entries = () => []; return found; };`,
  'Function.prototype.call': `const own = Function.prototype.call; Function.prototype.call = function (...args: any[]) { return hide(Reflect.apply(own, this, args)); };`,
  'Reflect.apply': `Reflect.apply = () => [];`,
  'Promise.prototype.then': `const own: any = Promise.prototype.then; Promise.prototype.then = function (done: any, failed: any) { return own.call(this, (value: any) => done?.(hide(value)), failed); } as any;`,
  'what errors tell': `(Error as any).prepareStackTrace = () => 'at solutions/05-access-tokens/bearer.ts:1:1'; throw new Error('not my doing');`,
  'emit of every emitter': `const { EventEmitter } = require('node:events'); const own = EventEmitter.prototype.emit; EventEmitter.prototype.emit = function (...args: any[]) { return own.apply(this, args); };`,
  'the server of HTTP': `const http = require('node:http'); http.Server.prototype.emit = () => true; syncBuiltinESMExports();`,
  'process.emit': `const own: any = process.emit; process.emit = function (...args: any[]) { return own.apply(process, args); } as any;`,
  'process.send': `(process as any).send = undefined; (Tape as any).prototype.entries = () => [];`,
  'what is written to the lab': `const fs = require('node:fs'); fs.writeSync = () => 0; syncBuiltinESMExports();`,
  'what files are written with': `(process as any).binding('fs').writeBuffer = () => 0;`,
  'a tape, found in an argument': `const own = Object.defineProperty; Object.defineProperty = function (owner: any, key: any, descriptor: any) { return own(owner, key, descriptor); } as any;`,
  structuredClone: `const own = structuredClone; G.structuredClone = (value: any) => hide(own(value));`,
  'the clock': `(Date as any).clock.now = 0;`,
  timers: `G.setTimeout = () => 0;`,
  'contexts of requests': `const { AsyncLocalStorage } = require('node:async_hooks'); AsyncLocalStorage.prototype.getStore = () => undefined;`,
  'an answer of its own': `during = () => { for (let id = 1; id < 40; id++) writeSync(5, JSON.stringify({ id, now: Date.now(), reply: [] }) + '\\n'); };`,
  'the sockets of the process': `for (const handle of (process as any)._getActiveHandles()) handle.removeAllListeners('data');`,
};

test.each(Object.keys(cheats))('is not believed: %s', async (name) => {
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const file = `${folder}/${slug}.ts`;
  writeFileSync(path.join(projectFolder, file), `${PRELUDE}\n${cheats[name]}\n`);
  const variant = Object.keys(attack.variants)[0] ?? '';
  let said: string;
  try {
    const { verdict, faults, controlProblems } = await lab.fire(
      { kind: 'solution', topic, file },
      attack,
      variant,
    );
    expect(verdict).not.toBe('blocked');
    said = [...faults, ...controlProblems].join('\n');
  } catch (error) {
    if (!(error instanceof TargetProblem)) throw error;
    said = error.message;
  }
  expect(said).toContain(file);
});
