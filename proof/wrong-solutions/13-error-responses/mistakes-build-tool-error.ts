import { randomUUID } from 'node:crypto';
import type {
  BuildToolError,
  ErrorBody,
  ErrorCode,
} from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'always-retryable',
    mistake:
      'Everything may be tried again, also what can never succeed; agents do as they are told.',
    caughtBy: [
      'names-the-bad-argument',
      'says-not-found',
      'says-what-scope-lacks',
      'says-when-to-try-again',
    ],
    controls() {
      function codeOf(error: unknown): ErrorCode {
        if (error instanceof InvalidInputError) return 'INVALID_INPUT';
        if (error instanceof NotFoundError) return 'NOT_FOUND';
        if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
        return 'INTERNAL';
      }

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        const code = codeOf(error);
        const message =
          error instanceof Error && code !== 'INTERNAL' ? error.message : 'Try again.';
        return answer(code, message, true, requestId);
      };

      return { buildToolError };
    },
  },
  {
    name: 'argument-not-named',
    mistake: 'Says that the input is invalid, and not which part of it.',
    caughtBy: ['names-the-bad-argument'],
    controls: {
      buildToolError: (error, requestId) =>
        rightly(
          error instanceof InvalidInputError ? new InvalidInputError('Invalid input.') : error,
          requestId,
        ),
    },
  },
  {
    name: 'constructor-of-that-name',
    mistake:
      'Asks for the name of the class in place of the name of the error; a driver’s class may have that name as well.',
    caughtBy: ['err-false-name'],
    controls() {
      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) =>
        error instanceof Error && error.constructor.name === 'InvalidInputError'
          ? answer('INVALID_INPUT', error.message, false, requestId)
          : rightly(error, requestId);

      return { buildToolError };
    },
  },
  {
    name: 'cut-short',
    mistake: 'Long messages are cut, on the theory that secrets stand at the end.',
    caughtBy: ['err-false-name', 'err-leak'],
    controls() {
      function codeOf(error: unknown): ErrorCode {
        if (error instanceof InvalidInputError) return 'INVALID_INPUT';
        if (error instanceof NotFoundError) return 'NOT_FOUND';
        if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
        return 'INTERNAL';
      }

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        const code = codeOf(error);
        const message = String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
        return answer(
          code,
          code === 'INTERNAL' ? `${message.slice(0, 40)}…` : message,
          error instanceof UnavailableError,
          requestId,
        );
      };

      return { buildToolError };
    },
  },
  {
    name: 'details-encoded',
    mistake: 'The message travels in base64, for support to decode; everybody can.',
    caughtBy: ['err-false-name', 'err-leak'],
    controls: {
      buildToolError: (error, requestId) => {
        const details = Buffer.from(error instanceof Error ? error.message : String(error));
        return {
          ...rightly(error, requestId),
          _meta: { reference: details.toString('base64url') },
        };
      },
    },
  },
  {
    name: 'everything-internal',
    mistake:
      'Nothing leaks and nothing is told: a model cannot mend an argument it is not told about.',
    caughtBy: [
      'names-the-bad-argument',
      'says-not-found',
      'says-what-scope-lacks',
      'says-when-to-try-again',
    ],
    controls: {
      buildToolError: (_error, requestId) => rightly(new Error('hidden'), requestId),
    },
  },
  {
    name: 'harmless-looking-passes',
    mistake: 'Messages without slashes, quotes and digits look harmless and pass.',
    caughtBy: ['err-false-name', 'err-leak'],
    controls() {
      const isOurs = (error: unknown): boolean =>
        [InsufficientScopeError, InvalidInputError, NotFoundError, UnavailableError].some(
          (kind) => error instanceof kind,
        );

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        const message = error instanceof Error ? error.message : '';
        const looksTechnical = /[/\\"{}:@=]|\b(?:select|from|insert|table)\b/i.test(message);
        return message && message.length < 80 && !looksTechnical && !isOurs(error)
          ? answer('INTERNAL', message, false, requestId)
          : rightly(error, requestId);
      };

      return { buildToolError };
    },
  },
  {
    name: 'looks-like-success',
    mistake:
      'The error is told in a result that does not say `isError`, so that a model takes it for the weather.',
    caughtBy: [
      'answers-whatever-was-thrown',
      'err-false-name',
      'err-leak',
      'names-the-bad-argument',
      'request-id-finds-the-entry',
      'says-not-found',
      'says-what-scope-lacks',
      'says-when-to-try-again',
    ],
    controls: {
      buildToolError: (error, requestId) => ({
        content: rightly(error, requestId).content,
      }),
    },
  },
  {
    name: 'members-of-the-error',
    mistake:
      'Spreads the error into the answer for completeness; drivers’ errors carry queries and parameters.',
    caughtBy: ['answers-whatever-was-thrown', 'err-false-name', 'err-leak'],
    controls: {
      buildToolError: (error, requestId) => {
        const result = rightly(error, requestId);
        const [first] = result.content;
        if (first?.type !== 'text') return result;
        const body = JSON.parse(first.text) as ErrorBody;
        const text = JSON.stringify({ error: { ...Object(error), ...body.error } });
        return { ...result, content: [{ type: 'text', text }] };
      },
    },
  },
  {
    name: 'message-forwarded',
    mistake:
      'The answer has every member it should have, and the message is still whatever was thrown.',
    caughtBy: ['err-false-name', 'err-leak'],
    controls() {
      function codeOf(error: unknown): ErrorCode {
        if (error instanceof InvalidInputError) return 'INVALID_INPUT';
        if (error instanceof NotFoundError) return 'NOT_FOUND';
        if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
        return 'INTERNAL';
      }

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) =>
        answer(
          codeOf(error),
          error instanceof Error ? error.message : 'Something went wrong.',
          error instanceof UnavailableError,
          requestId,
        );

      return { buildToolError };
    },
  },
  {
    name: 'never-retryable',
    mistake: 'An outage that passes in a minute is told like a bug.',
    caughtBy: ['says-when-to-try-again'],
    controls() {
      function codeOf(error: unknown): ErrorCode {
        if (error instanceof InvalidInputError) return 'INVALID_INPUT';
        if (error instanceof NotFoundError) return 'NOT_FOUND';
        if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
        return 'INTERNAL';
      }

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        const code = codeOf(error);
        const message =
          error instanceof Error && code !== 'INTERNAL' ? error.message : 'Something went wrong.';
        return answer(code, message, false, requestId);
      };

      return { buildToolError };
    },
  },
  {
    name: 'new-request-id',
    mistake: 'The answer has an id of its own, and nobody finds anything under it.',
    caughtBy: ['request-id-finds-the-entry'],
    controls: {
      buildToolError: (error) => rightly(error, randomUUID()),
    },
  },
  {
    name: 'no-request-id',
    mistake:
      'The answer says nothing about the cause, and nothing about where to look for it either.',
    caughtBy: ['request-id-finds-the-entry'],
    controls: {
      buildToolError: (error, requestId) => {
        const result = rightly(error, requestId);
        const [first] = result.content;
        const { code, message, retryable } = (
          JSON.parse(first?.type === 'text' ? first.text : '{}') as ErrorBody
        ).error;
        return {
          isError: true,
          content: [
            { type: 'text', text: JSON.stringify({ error: { code, message, retryable } }) },
          ],
        };
      },
    },
  },
  {
    name: 'not-found-is-invalid',
    mistake:
      'What is not there is told as an invalid argument, so that a model spells the city in other ways for as long as it may.',
    caughtBy: ['says-not-found'],
    controls: {
      buildToolError: (error, requestId) => {
        const told =
          error instanceof NotFoundError ? new InvalidInputError('Not acceptable.') : error;
        return rightly(told, requestId);
      },
    },
  },
  {
    name: 'only-errors-handled',
    mistake: 'Errors are handled with care, and a text that was thrown goes out as it is.',
    caughtBy: ['err-leak'],
    controls: {
      buildToolError: (error, requestId) => {
        if (error instanceof Error) return rightly(error, requestId);
        const body = {
          code: 'INTERNAL',
          message: String(error),
          retryable: false,
          request_id: requestId,
        };
        return {
          isError: true,
          content: [{ type: 'text', text: JSON.stringify({ error: body }) }],
        };
      },
    },
  },
  {
    name: 'patterns-removed',
    mistake: 'Paths, addresses and statements are blacked out, as far as the patterns know them.',
    caughtBy: ['err-false-name', 'err-leak'],
    controls() {
      const SECRETS = [
        /\b[a-z]+:\/\/\S+/gi, // URLs
        /(?:[A-Z]:)?(?:[\\/][\w.-]+)+/gi, // paths
        /\b(?:\d{1,3}\.){3}\d{1,3}\b/g, // addresses
        /\b(?:select|insert|update|delete)\b.*/gi, // statements
        /"[^"]*"/g, // quoted names
      ];

      function codeOf(error: unknown): ErrorCode {
        if (error instanceof InvalidInputError) return 'INVALID_INPUT';
        if (error instanceof NotFoundError) return 'NOT_FOUND';
        if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
        return 'INTERNAL';
      }

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        let message = error instanceof Error ? error.message : String(error);
        for (const secret of SECRETS) message = message.replaceAll(secret, '[removed]');
        return answer(codeOf(error), message, error instanceof UnavailableError, requestId);
      };

      return { buildToolError };
    },
  },
  {
    name: 'prose-only',
    mistake: 'People can read the answer; programs have to guess from its words.',
    caughtBy: [
      'answers-whatever-was-thrown',
      'err-false-name',
      'err-leak',
      'names-the-bad-argument',
      'request-id-finds-the-entry',
      'says-not-found',
      'says-what-scope-lacks',
      'says-when-to-try-again',
    ],
    controls: {
      buildToolError: (error, requestId) => {
        const isOurs = error instanceof InvalidInputError || error instanceof NotFoundError;
        const text = isOurs ? error.message : `Something went wrong (request ${requestId}).`;
        return { isError: true, content: [{ type: 'text', text }] };
      },
    },
  },
  {
    name: 'scope-lacking-is-unauthorized',
    mistake:
      'A missing scope is called UNAUTHORIZED, like a bad token: the user is asked to sign in again, and not for the scope.',
    caughtBy: ['says-what-scope-lacks'],
    controls: {
      buildToolError: (error, requestId) => {
        if (!(error instanceof InsufficientScopeError)) return rightly(error, requestId);
        const message = 'Sign in to do this.';
        const body = { code: 'UNAUTHORIZED', message, retryable: false, request_id: requestId };
        return {
          isError: true,
          content: [{ type: 'text', text: JSON.stringify({ error: body }) }],
        };
      },
    },
  },
  {
    name: 'takes-errors-for-granted',
    mistake:
      'Reads the message without asking whether there is an error; null has none, so that the answer is a TypeError’s.',
    caughtBy: ['answers-whatever-was-thrown'],
    controls: {
      buildToolError: (error, requestId) => {
        const { message } = error as Partial<Error>;
        const result = rightly(error, requestId);
        return message?.includes('timeout') ? rightly(new Error('timeout'), requestId) : result;
      },
    },
  },
  {
    name: 'thrown-on',
    mistake:
      'Lets errors of its own making pass and throws the others on; the SDK then answers with their message.',
    caughtBy: [
      'answers-whatever-was-thrown',
      'err-false-name',
      'err-leak',
      'request-id-finds-the-entry',
      'says-when-to-try-again',
    ],
    controls: {
      buildToolError: (error, requestId) => {
        const isOurs =
          error instanceof InvalidInputError ||
          error instanceof NotFoundError ||
          error instanceof InsufficientScopeError ||
          error instanceof UnavailableError;
        if (!isOurs) throw error;
        return rightly(error, requestId);
      },
    },
  },
  {
    name: 'told-by-its-code',
    mistake: 'A `code` that is one of ours passes for our error, whoever set it.',
    caughtBy: ['answers-whatever-was-thrown', 'err-false-name'],
    controls() {
      const OURS = ['INVALID_INPUT', 'NOT_FOUND', 'INSUFFICIENT_SCOPE'];

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        const { code, message } = Object(error) as { code?: unknown; message?: unknown };
        return typeof code === 'string' && OURS.includes(code)
          ? answer(code, String(message), false, requestId)
          : rightly(error, requestId);
      };

      return { buildToolError };
    },
  },
  {
    name: 'told-by-its-name-politely',
    mistake:
      'The sentences are fixed, but the name decides, so an outage of the store is told as a city that does not exist.',
    caughtBy: ['err-false-name'],
    controls() {
      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        switch (error instanceof Error ? error.name : '') {
          case 'NotFoundError':
            return answer('NOT_FOUND', 'There is no such thing.', false, requestId);
          case 'InsufficientScopeError':
            return answer('INSUFFICIENT_SCOPE', 'A scope is missing.', false, requestId);
          default:
            return rightly(error, requestId);
        }
      };

      return { buildToolError };
    },
  },
  {
    name: 'told-by-its-name',
    mistake:
      'Errors are known by their names, and a driver’s error may be called NotFoundError too.',
    caughtBy: ['err-false-name'],
    controls() {
      const CODES: Record<string, ErrorCode> = {
        InvalidInputError: 'INVALID_INPUT',
        NotFoundError: 'NOT_FOUND',
        InsufficientScopeError: 'INSUFFICIENT_SCOPE',
      };

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        const code =
          error instanceof Error && Object.hasOwn(CODES, error.name) && CODES[error.name];
        return code ? answer(code, error.message, false, requestId) : rightly(error, requestId);
      };

      return { buildToolError };
    },
  },
  {
    name: 'told-by-its-words',
    mistake: 'Messages that sound like one of ours are taken for ours.',
    caughtBy: ['err-false-name', 'err-leak', 'says-when-to-try-again'],
    controls() {
      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        const message = error instanceof Error ? error.message : '';
        if (/invalid|not acceptable/i.test(message)) {
          return answer('INVALID_INPUT', message, false, requestId);
        }
        if (/not found|there is no|^no /i.test(message)) {
          return answer('NOT_FOUND', message, false, requestId);
        }
        return rightly(error, requestId);
      };

      return { buildToolError };
    },
  },
  {
    name: 'with-the-cause',
    mistake: 'The message is replaced, and the cause is added for debugging.',
    caughtBy: ['err-leak'],
    controls: {
      buildToolError: (error, requestId) => {
        const result = rightly(error, requestId);
        if (!(error instanceof Error) || error.cause === undefined) return result;
        return { ...result, structuredContent: { cause: String(error.cause) } };
      },
    },
  },
  {
    name: 'internal-may-be-retried',
    mistake:
      'An error that nobody expected is said to pass: an agent tries again, and meets the same bug for ever.',
    caughtBy: ['says-when-to-try-again'],
    controls() {
      function codeOf(error: unknown): ErrorCode {
        if (error instanceof InvalidInputError) return 'INVALID_INPUT';
        if (error instanceof NotFoundError) return 'NOT_FOUND';
        if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
        return 'INTERNAL';
      }

      const answer = (
        code: string,
        message: string,
        retryable: boolean,
        request_id: string,
      ): ReturnType<BuildToolError> => ({
        isError: true,
        content: [
          {
            type: 'text',
            text: JSON.stringify({ error: { code, message, retryable, request_id } }),
          },
        ],
      });

      const buildToolError: BuildToolError = (error, requestId) => {
        const code = codeOf(error);
        const message =
          error instanceof InvalidInputError || error instanceof NotFoundError
            ? error.message
            : 'This call did not succeed.';
        return answer(code, message, code === 'INTERNAL', requestId);
      };

      return { buildToolError };
    },
  },
];
