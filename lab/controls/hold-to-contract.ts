/**
 * Holds a learner's controls to what the table says of them, where their file meets the server, so
 * that a wrong return type is named with its file and line and not guessed from a 500 much later.
 */
import type { Response } from 'express';
import { z } from 'zod';
import type { ControlName, SecurityControls } from '../../exercises/weather-server/controls.ts';
import { inProject } from '../../shared/project-path.ts';
import { lineOf, placeInStack } from './places.ts';
import { anything, middleware, zodSchema, type Shape } from './shapes.ts';
import { controlTable } from './table.ts';

/** A learner's file does not keep to the contract of a control. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

/** Is told how a learner's controls fare. */
export interface ControlWatch {
  fault(control: ControlName, message: string): void;
  /** A control has begun; `message` is what to say should it never end. Returns how to say it has. */
  waiting?(control: ControlName, message: string): () => void;
}

/**
 * Wraps one control of a learner's file: a wrong return value becomes a `ContractError`, and that
 * as well as a programming error (TypeError and the like) is told to `watch`.
 */
export function holdToContract<Name extends ControlName>(
  name: Name,
  control: unknown,
  file: string,
  watch: ControlWatch,
): SecurityControls[Name] {
  const where = `${inProject(file)}:${lineOf(file, name)}`;
  const { gives, isAwaited, methods = {} } = controlTable[name];
  if (gives === zodSchema) {
    if (!gives.holds(control)) throw wrong(where, name, control, gives);
    watchSchema(control as z.ZodType, failing(name, name));
    return control as SecurityControls[Name];
  }
  if (typeof control !== 'function') {
    throw new ContractError(
      `${where} exports ${name} as ${describe(control)}; a function is expected.`,
    );
  }
  /** What the control itself gave; what its methods give has no methods of interest. */
  const made = `${name}(…)`;
  const call = watched(control as Call, name, made, gives);
  return call as unknown as SecurityControls[Name];

  type Call = (this: unknown, ...args: unknown[]) => unknown;

  function watched(original: Call, control: ControlName, label: string, expected: Shape): Call {
    return function (...args) {
      const refuse = (value: unknown): never => {
        const error = wrong(where, label, value, expected);
        watch.fault(control, error.message);
        throw error;
      };
      const settle = (value: unknown): unknown => {
        if (!expected.holds(value)) refuse(value);
        if (label !== made) return value;
        return expected === middleware
          ? watchedMiddleware(value as Call, control)
          : withWatchedMethods(value, control);
      };
      const fail = failing(control, label);
      let value: unknown;
      try {
        value = original.apply(this, args);
      } catch (error) {
        return fail(error);
      }
      if (!(value instanceof Promise)) return settle(value);
      if (label === made && expected !== anything && !isAwaited) {
        void value.catch(() => undefined); // nobody else will
        refuse(value);
      }
      const over = watch.waiting?.(control, `${where}: ${label} has not settled.`);
      return value.finally(over).then(settle, fail);
    };
  }

  function failing(control: ControlName, label: string): (error: unknown) => never {
    return (error) => {
      if (isProgrammingError(error) || isForeignImport(error))
        watch.fault(control, `${label} threw ${firstFrame(error, where)}`);
      throw error;
    };
  }

  function watchedMiddleware(original: Call, control: ControlName): Call {
    const fail = failing(control, made);
    const run = (args: unknown[]): unknown => {
      const next = args.at(-1) as Call;
      const response = args.at(-2) as Response;
      let wentOn = false;
      response.once('close', () => {
        if (wentOn || response.writableEnded) return;
        const message = `${where}: what ${name} made neither answered nor called next().`;
        watch.fault(control, message);
      });
      const goOn: Call = (...rest) => {
        wentOn = true;
        return next(...rest);
      };
      try {
        const value = original(...args.slice(0, -1), goOn);
        return value instanceof Promise ? value.catch(fail) : value;
      } catch (error) {
        return fail(error);
      }
    };
    // Express knows handlers of errors by the number of their parameters.
    return original.length === 4
      ? (error, request, response, next) => run([error, request, response, next])
      : (request, response, next) => run([request, response, next]);
  }

  function withWatchedMethods(value: unknown, control: ControlName): unknown {
    if (Object.keys(methods).length === 0) return value;
    const owner = value as Record<string, Call>;
    return new Proxy(owner, {
      get(target, member) {
        const expected = typeof member === 'string' ? methods[member] : undefined;
        const own = Reflect.get(target, member) as Call | undefined;
        if (typeof own !== 'function') return own;
        if (!expected) return own.bind(target);
        return watched(own.bind(target), control, `${control}(…).${String(member)}(…)`, expected);
      },
    });
  }
}

type RunSchema = z.ZodType['_zod']['run'];
const runs = new WeakMap<z.ZodType, RunSchema>();

/** A schema's own functions are called by Zod; what they throw is seen on its way through there. */
function watchSchema(schema: z.ZodType, fail: (error: unknown) => never): void {
  const internals: { run: RunSchema } = schema['_zod'];
  const run: RunSchema = runs.get(schema) ?? internals.run.bind(internals);
  runs.set(schema, run);
  internals.run = (payload, context) => {
    try {
      const result = run(payload, context);
      // The server parses without waiting, and Zod would say so where nobody knows whose schema it is.
      if (result instanceof Promise && !context.async) throw new z.core.$ZodAsyncError();
      return result;
    } catch (error) {
      return fail(error);
    }
  };
}

const wrong = (where: string, label: string, value: unknown, { expected }: Shape): ContractError =>
  new ContractError(`${where}: ${label} gave ${describe(value)}; ${expected} is expected.`);

const isProgrammingError = (error: unknown): error is Error =>
  [TypeError, ReferenceError, RangeError, z.core.$ZodAsyncError].some(
    (kind) => error instanceof kind,
  ) && !isRefusedByCrypto(error as Error);

/** An import that `own-work.mjs` refused. */
export const isForeignImport = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_NOT_OWN_WORK';

/** With these node:crypto refuses a key, an IV or a tag, and so does a vault that lets it. */
const isRefusedByCrypto = (error: Error & { code?: unknown }): boolean =>
  String(error.code).startsWith('ERR_CRYPTO_');

/** The error's message with the place in the learner's file, when the stack names it. */
function firstFrame(error: Error, fallback: string): string {
  return `${error.name}: ${error.message} (${placeInStack(error.stack) ?? fallback})`;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Promise) return 'a Promise';
  if (typeof value === 'object')
    return `an object with members ${Object.keys(value).join(', ') || '(none)'}`;
  return `a ${typeof value}`;
}
