/**
 * What learner code, or an attack through it, has put on `Object.prototype`, and with that on every
 * object of the process. Data is what an attack leaves there, and is judged. Code (functions, getters
 * and setters) no attack can bring along: it is the learner's own, would be called by the lab's code as
 * well, and is taken away before the lab's code runs.
 */
const { getOwnPropertyDescriptor, defineProperty } = Object;
const { ownKeys, deleteProperty } = Reflect;

type Member = [key: PropertyKey, descriptor: PropertyDescriptor];

const membersNow = (): Member[] =>
  ownKeys(Object.prototype).map((key) => [
    key,
    getOwnPropertyDescriptor(Object.prototype, key) ?? {},
  ]);

/** Before any learner code has run. */
const clean = new Map(membersNow());

const errors = {
  prepareStackTrace: Error.prepareStackTrace?.bind(Error),
  stackTraceLimit: Error.stackTraceLimit,
};

/** Whoever says how errors are told could name any file. Libraries set it, too, but for a moment. */
export function putErrorsBack(): void {
  Object.assign(Error, errors);
}

/** Removes what was added to every object; the names of it. */
export function forgetPollution(): string[] {
  return removed(membersNow().filter(([key]) => !clean.has(key)));
}

/** Removes code from every object, and puts back what it took the place of; the names of it. */
export function forgetCode(): string[] {
  const added = membersNow().filter(([key, now]) => !clean.has(key) && isCode(now));
  const names = removed(added);
  for (const [key, descriptor] of clean) {
    const now = getOwnPropertyDescriptor(Object.prototype, key);
    if (now?.value === descriptor.value && now?.get === descriptor.get) continue;
    defineProperty(Object.prototype, key, descriptor);
    names.push(String(key));
  }
  return names;
}

const isCode = (member: PropertyDescriptor): boolean =>
  typeof member.value === 'function' || member.get !== undefined || member.set !== undefined;

/** @throws for what cannot be removed again: nothing in this process can be trusted any more */
function removed(members: Member[]): string[] {
  return members.map(([key]) => {
    if (!deleteProperty(Object.prototype, key)) {
      throw new TypeError(`Object.prototype.${String(key)} was changed for good`);
    }
    return String(key);
  });
}
