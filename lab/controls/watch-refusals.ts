/** Puts on the tape which control was asked, and which said no in what words, for people to see. */
import type { ControlName, SecurityControls } from '../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InsufficientScopeError,
  InvalidInputError,
  InvalidMessageError,
  InvalidMetadataError,
  NotFoundError,
  OAuthError,
  RefusedError,
} from '../../exercises/weather-server/errors.ts';
import type { Tape } from '../../exercises/weather-server/world/tape.ts';
import { controlTable } from './table.ts';

type Call = (this: unknown, ...args: unknown[]) => unknown;

export function watchRefusals(controls: SecurityControls, tape: Tape): SecurityControls {
  const note = (control: string, reason: string): void => {
    tape.write({ kind: 'refusal', control, reason });
  };
  const pass = (gate: string): void => {
    tape.write({ kind: 'gate', gate, decision: 'passed' });
  };
  const watched: Partial<Record<ControlName, unknown>> = {};
  const names = Object.keys(controls) as ControlName[];
  for (const name of names.filter((one) => controlTable[one].refuses === 'itself'))
    watched[name] = watchCall(controls[name] as Call, name, note, pass);
  for (const name of names.filter((one) => controlTable[one].refuses === 'by its methods')) {
    const make = controls[name] as (...args: unknown[]) => object;
    watched[name] = (...args: unknown[]) =>
      new Proxy(make(...args), {
        get(owner, member) {
          const own: unknown = Reflect.get(owner, member);
          return typeof own === 'function'
            ? watchCall(own.bind(owner) as Call, `${name} → ${String(member)}`, note, pass)
            : own;
        },
      });
  }
  return { ...controls, ...watched } as SecurityControls;
}

function watchCall(
  call: Call,
  name: string,
  note: (control: string, reason: string) => void,
  pass: (control: string) => void,
): Call {
  const noteError = (error: unknown): never => {
    if (isRefusal(error)) note(name, describe(error));
    throw error;
  };
  const notePass = (value: unknown): unknown => {
    pass(name);
    return value;
  };
  return function (...args) {
    try {
      const value = call.apply(this, args);
      if (value === false) {
        note(name, args[0] === undefined ? 'There is no verifier.' : 'The verifier does not fit.');
        return value;
      }
      if (value instanceof Promise) return value.then(notePass, noteError);
      return notePass(value);
    } catch (error) {
      return noteError(error);
    }
  };
}

const isRefusal = (error: unknown): error is Error =>
  [
    OAuthError,
    InsufficientScopeError,
    NotFoundError,
    InvalidInputError,
    InvalidMessageError,
    HeaderMismatchError,
    InvalidMetadataError,
    RefusedError,
  ].some((kind) => error instanceof kind);

const describe = (error: Error): string =>
  error instanceof OAuthError ? `${error.code}: ${error.message}` : error.message;
