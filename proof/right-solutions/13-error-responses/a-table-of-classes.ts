import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Classes and what is said of them stand in a table, and an unknown class is not in it.';

type Row = [new (...args: never[]) => Error, string, (error: Error) => string, boolean];
const TABLE: Row[] = [
  [InvalidInputError, 'INVALID_INPUT', ({ message }) => message, false],
  [NotFoundError, 'NOT_FOUND', () => 'Nothing found.', false],
  [InsufficientScopeError, 'INSUFFICIENT_SCOPE', ({ message }) => message, false],
  [UnavailableError, 'INTERNAL', () => 'Try again in a minute.', true],
];

export const buildToolError: BuildToolError = (error, requestId) => {
  const row = TABLE.find(([kind]) => error instanceof kind);
  const [, code, say, retryable] = row ?? [Error, 'INTERNAL', () => 'This is a bug.', false];
  const body = { code, message: say(error as Error), retryable, request_id: requestId };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: body }) }] };
};
