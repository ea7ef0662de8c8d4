/**
 * What every module of a process shares: the globals, the built-in modules, and what they construct.
 * A verdict passes through all of it. So once the lab's own code is loaded, and before any of a
 * learner's is, it is locked: who changes `JSON.stringify` or `EventEmitter.prototype.emit` gets a
 * TypeError at that line, and nothing else happens.
 *
 * `Object.prototype` stays as it is: to pollute it is an attack (see `pollution.ts`). So do members
 * that are no code, and `Error.prepareStackTrace`, which libraries set for a moment.
 */
import { createRequire } from 'node:module';

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, preventExtensions } = Object;
const { ownKeys } = Reflect;

/** Built-in modules that the server and the lab's own code beside it are made of. */
const BUILT_IN = [
  'assert',
  'async_hooks',
  'buffer',
  'crypto',
  'events',
  'fs',
  'http',
  'net',
  'path',
  'querystring',
  'stream',
  'string_decoder',
  'timers',
  'url',
  'util',
  'v8',
  'vm',
  'worker_threads',
  'zlib',
];
/** What subclasses replace by assignment, which a member that is merely read-only would forbid. */
const OFTEN_REPLACED = new Set<PropertyKey>(['toString', 'toJSON', 'valueOf', 'name', 'message']);
/** Members of `process` that tell of the lab's own sockets, or lead behind the built-in modules. */
const HIDDEN = ['_getActiveHandles', '_getActiveRequests', 'binding', '_linkedBinding', 'dlopen'];

/** Call it once, last of all. */
export function lockShared(): void {
  for (const name of HIDDEN) {
    if (!(name in process)) continue;
    const value = (): never => {
      throw new TypeError(`process.${name} is not for exercises.`);
    };
    defineProperty(process, name, { value, writable: false, configurable: false });
  }
  const require = createRequire(import.meta.url);
  // `Error` stays open for `prepareStackTrace`.
  const open = new Set<object>([globalThis, process, Error, Object.prototype]);
  const locked = new Set<object>(open);
  const lock = (value: unknown): void => {
    if (!isObject(value) || locked.has(value)) return;
    locked.add(value);
    lockMembers(value, isPrototype(value) && !isLanguage(value));
    preventExtensions(value);
    lock(valueOf(value, 'prototype'));
    lock(getPrototypeOf(value));
  };

  for (const intrinsic of [...hiddenIntrinsics(), performance]) lock(intrinsic);
  for (const name of Object.getOwnPropertyNames(globalThis)) lock(valueOf(globalThis, name));
  for (const name of BUILT_IN) {
    const exported = require(`node:${name}`) as object;
    for (const member of ownKeys(exported)) lock(valueOf(exported, member));
    lock(exported);
  }
  for (const name of ['emit', 'on', 'addListener', 'once', 'removeListener', 'off'] as const) {
    defineProperty(process, name, { value: process[name], configurable: true });
  }
  lockMembers(process, false);
  lockMembers(Error, false);
  lockGlobals();
}

/** @param forHeirs lets what inherits from `owner` have members of its own by assignment */
function lockMembers(owner: object, forHeirs: boolean): void {
  for (const key of ownKeys(owner)) {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    if (key === 'prepareStackTrace') continue;
    if (!descriptor?.configurable) {
      if (typeof descriptor?.value === 'function' && descriptor.writable) {
        defineProperty(owner, key, { writable: false });
      }
    } else if (!('value' in descriptor)) {
      // Elsewhere, Node itself puts a value in the place of a getter when it is first asked.
      if (isPrototype(owner)) defineProperty(owner, key, { configurable: false });
    } else if (forHeirs || (isPrototype(owner) && OFTEN_REPLACED.has(key))) {
      if (typeof descriptor.value === 'function' || OFTEN_REPLACED.has(key)) {
        defineProperty(owner, key, readOnlyButForHeirs(owner, key, descriptor));
      }
    } else if (typeof descriptor.value === 'function') {
      defineProperty(owner, key, { writable: false, configurable: false });
    }
  }
}

function readOnlyButForHeirs(
  owner: object,
  key: PropertyKey,
  { value, enumerable = false }: PropertyDescriptor,
): PropertyDescriptor {
  return {
    configurable: false,
    enumerable,
    get: () => value as unknown,
    set(this: object, replaced: unknown) {
      if (this === owner) {
        throw new TypeError(
          `Cannot assign to read only property '${String(key)}', which is shared`,
        );
      }
      const own = { value: replaced, writable: true, enumerable: true, configurable: true };
      defineProperty(this, key, own);
    },
  };
}

/** Those that no name leads to. */
function hiddenIntrinsics(): unknown[] {
  const iterators = [[], new Map(), new Set(), ''].map((iterable) =>
    getPrototypeOf(iterable[Symbol.iterator]()),
  );
  return [
    ...iterators,
    getPrototypeOf(/./[Symbol.matchAll]('')),
    getPrototypeOf(Uint8Array),
    getPrototypeOf(async () => undefined),
    getPrototypeOf(function* () {}),
    getPrototypeOf(async function* () {}),
  ];
}

/** Of the language itself; others are of Node or the web, where subclasses by assignment abound. */
const isLanguage = (prototype: object): boolean => {
  const made = valueOf(prototype, 'constructor');
  return typeof made === 'function' && LANGUAGE.has(made.name);
};
const LANGUAGE = new Set(
  'Array Map Set WeakMap WeakSet WeakRef Promise Function String Number Boolean Symbol BigInt RegExp Date ArrayBuffer SharedArrayBuffer DataView TypedArray Uint8Array Buffer'.split(
    ' ',
  ),
);

const isPrototype = (value: object): boolean => {
  const made = valueOf(value, 'constructor');
  return typeof made === 'function' && valueOf(made, 'prototype') === value;
};

function lockGlobals(): void {
  for (const key of ownKeys(globalThis)) {
    const descriptor = getOwnPropertyDescriptor(globalThis, key);
    if (!descriptor?.configurable) continue;
    if (key === 'process' || key === 'Buffer') {
      const value: unknown = globalThis[key];
      defineProperty(globalThis, key, { value, writable: false, configurable: false });
    } else if (isObject(descriptor.value)) {
      defineProperty(globalThis, key, { writable: false, configurable: false });
    }
  }
}

/** The value of a member; a getter is not called, because some of Node's load what they stand for. */
const valueOf = (owner: object, key: PropertyKey): unknown =>
  getOwnPropertyDescriptor(owner, key)?.value;
const isObject = (value: unknown): value is object =>
  typeof value === 'function' || (typeof value === 'object' && value !== null);
