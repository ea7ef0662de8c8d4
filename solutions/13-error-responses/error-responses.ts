import { STATUS_CODES } from 'node:http';
import type {
  BuildToolError,
  CreateErrorHandler,
  ErrorBody,
  ErrorCode,
} from '../../exercises/weather-server/controls.ts';
import {
  HttpError,
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../exercises/weather-server/errors.ts';

/** What is said about an error, in a tool result or as an HTTP body. */
interface Reply {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  status: number;
}

const INTERNAL: Reply = {
  code: 'INTERNAL',
  message: 'Something went wrong on our side. Quote the request id when you report it.',
  retryable: false,
  status: 500,
};

/**
 * The one place where errors become words for strangers (CWE-209).
 *
 * Only the classes in `errors.ts` are known here, and they are asked for with `instanceof`: a name, a
 * `code`, an `expose` or the wording is what an error says about itself, and a driver's error may be
 * called NotFoundError too. Of messages only `InvalidInputError`'s and `HttpError`'s go out, because
 * they are written for the caller; all others are sentences that stand here. Everything unknown is
 * the same INTERNAL, so that nobody can tell one cause from another (CWE-203).
 *
 * It never throws: an error can be any value, one whose members throw when they are read included.
 * It does not check what our own classes are given as a message, and it does not log: where there is
 * a logger, both controls below are to hand it the error as it is, with the request id.
 */
function judge(error: unknown, ...rules: Rule[]): Reply {
  try {
    for (const rule of rules) {
      const reply = rule(error);
      if (reply) return reply;
    }
  } catch {
    // Looking at it failed, so nothing is known about it.
  }
  return INTERNAL;
}
type Rule = (error: unknown) => Reply | undefined;

function judgeOurs(error: unknown): Reply | undefined {
  if (error instanceof InvalidInputError) {
    return { code: 'INVALID_INPUT', message: error.message, retryable: false, status: 400 };
  }
  if (error instanceof NotFoundError) {
    // One sentence for what is not there and what is somebody else's.
    const message = 'There is nothing of this name or number for you.';
    return { code: 'NOT_FOUND', message, retryable: false, status: 404 };
  }
  if (error instanceof InsufficientScopeError) {
    const message = `This needs the scope ${error.scopes.join(' or ')}.`;
    return { code: 'INSUFFICIENT_SCOPE', message, retryable: false, status: 403 };
  }
  if (error instanceof UnavailableError) {
    const message = 'Something this call needs does not work right now. Try again later.';
    return { code: 'INTERNAL', message, retryable: true, status: 503 };
  }
  return undefined;
}

/** Codes of the statuses that have one of their own; any other is the request's own fault. */
const CODES = new Map<number, ErrorCode>([
  [401, 'UNAUTHORIZED'],
  [404, 'NOT_FOUND'],
  [410, 'NOT_FOUND'],
  [429, 'RATE_LIMITED'],
]);

/**
 * Errors of Express and its body parsers carry a `status`. A number from 400 to 499 says no more than
 * that the request was at fault, so it is believed; their messages quote the body, and are not.
 */
function judgeStatus(error: unknown): Reply | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  const { status } = error;
  if (typeof status !== 'number' || !Number.isInteger(status)) return undefined;
  if (status < 400 || status > 499) return undefined;
  const code = CODES.get(status) ?? 'INVALID_INPUT';
  const message = error instanceof HttpError ? error.message : (STATUS_CODES[status] ?? 'Refused');
  return { code, message, retryable: status === 429, status };
}

/** `request_id` is the one in the answer's header and in the audit log. */
const bodyOf = ({ code, message, retryable }: Reply, requestId: string): ErrorBody => ({
  error: { code, message, retryable, request_id: requestId },
});

/**
 * A tool result, and not a protocol error, because results are what a model reads (MCP, Tools, Error
 * Handling). A `status` counts for nothing here: inside a tool only a driver can have set it.
 */
export const buildToolError: BuildToolError = (error, requestId) => {
  const reply = judge(error, judgeOurs);
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify(bodyOf(reply, requestId)) }],
  };
};

/**
 * The HTTP side: always JSON, never to be kept by a cache. An answer that is half sent cannot be
 * taken back; Express then ends the connection, so that nobody takes the half for the whole.
 */
export const createErrorHandler: CreateErrorHandler = () => (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const reply = judge(error, judgeOurs, judgeStatus);
  const body = bodyOf(reply, String(response.get('x-request-id')));
  // The part that failed may have announced another type.
  response.status(reply.status).type('json').set('cache-control', 'no-store');
  response.send(JSON.stringify(body));
};
