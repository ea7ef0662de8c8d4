/**
 * What every module of a process shares: the globals, their members, and the members of what they
 * construct. One file that changes them changes the server, the lab's own code beside it, and every
 * topic after it, so that a target puts them back and names who did it.
 */

// Kept from before any of them could be changed.
const { getOwnPropertyDescriptor, defineProperty } = Object;
const { ownKeys, deleteProperty } = Reflect;

type Shared = [name: string, owner: object];

/** `Object.prototype` is left out: to pollute it is an attack, judged and tidied up on its own. */
function sharedObjects(): Shared[] {
  const found: Shared[] = [['globalThis', globalThis]];
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = dataOf(globalThis, name);
    if (value === globalThis || !isObject(value) || name === 'process') continue;
    found.push([name, value]);
    const prototype = dataOf(value, 'prototype');
    if (isObject(prototype) && prototype !== Object.prototype) {
      found.push([`${name}.prototype`, prototype]);
    }
  }
  return found;
}

/** The value of a member; a getter is not called, because some of Node's load what they stand for. */
const dataOf = (owner: object, name: string): unknown =>
  getOwnPropertyDescriptor(owner, name)?.value;
const isObject = (value: unknown): value is object =>
  typeof value === 'function' || (typeof value === 'object' && value !== null);

interface Kept {
  name: string;
  owner: object;
  key: PropertyKey;
  descriptor: PropertyDescriptor;
}

/** Code only: `RegExp.$1`, `Error.stackTraceLimit` and their like change by being used. */
const isCode = (ownerName: string, member: PropertyDescriptor): boolean =>
  ownerName === 'globalThis'
    ? isObject(member.value)
    : typeof member.value === 'function' || member.get !== undefined;

const shared = sharedObjects();
const kept: Kept[] = shared.flatMap(([name, owner]) =>
  ownKeys(owner).flatMap((key) => {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    return descriptor?.configurable && isCode(name, descriptor)
      ? [{ name, owner, key, descriptor }]
      : [];
  }),
);
/** Where nothing is to be added. Anybody may have globals, and libraries set `Error.prepareStackTrace`. */
const membersOf = shared.flatMap(([name, owner]) =>
  owner === globalThis || owner === Error ? [] : [{ name, owner, keys: new Set(ownKeys(owner)) }],
);

/** Undoes what was changed since this module was loaded; the names of it. */
export function putGlobalsBack(): string[] {
  const changed: string[] = [];
  for (const { name, owner, key, descriptor } of kept) {
    const now = getOwnPropertyDescriptor(owner, key);
    if (now?.value === descriptor.value && now?.get === descriptor.get) continue;
    defineProperty(owner, key, descriptor);
    changed.push(name === 'globalThis' ? String(key) : `${name}.${String(key)}`);
  }
  for (const { name, owner, keys } of membersOf) {
    for (const key of ownKeys(owner)) {
      if (keys.has(key) || !deleteProperty(owner, key)) continue;
      changed.push(`${name}.${String(key)}`);
    }
  }
  return changed;
}

/** Members of every object before any learner code has run. */
const cleanMembers = new Set(ownKeys(Object.prototype));

/** Removes what learner code has added to every object; the names of it. */
export function forgetPollution(): string[] {
  const added = ownKeys(Object.prototype).filter((key) => !cleanMembers.has(key));
  for (const key of added) deleteProperty(Object.prototype, key);
  return added.map(String);
}
